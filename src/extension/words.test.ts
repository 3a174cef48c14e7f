import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { publishedSentence } from './sentences.ts';
import { MINUTE, makeReady, makeSession, START } from './testing.ts';
import { tooltipLines } from './tooltip.ts';
import { speak, told } from './words.ts';

const fill = (message: string, ...args: unknown[]) =>
	message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));

/** As `vscode.l10n` does in a German editor. */
function speakGerman(): void {
	const file = path.join(import.meta.dirname, '..', '..', 'l10n', 'bundle.l10n.de.json');
	const bundle: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
	speak({ t: (message, ...args) => fill(bundle[message] ?? message, ...args), bundle });
}

describe('the words of a German editor', () => {
	before(speakGerman);
	after(() => speak({ t: fill }));

	it('are German where the core gives a reason', async () => {
		const standing = await makeReady({ here: makeSession() }, { because: 'the title matches ^wip:' });
		const texts = tooltipLines(standing, START + MINUTE).map(({ text }) => text);
		assert.ok(texts.includes('automatisch, denn: der Titel passt zu ^wip:'), texts.join('\n'));
	});

	it('are German where something waits, also if that was stored in English', () => {
		const waits = 'Could not write the body of pull request #7 in octo/demo: github.com failed with 502.';
		assert.equal(
			publishedSentence({ session: 'alice-20251119-1430', pullRequests: [], waits }),
			'Die Trailer von alice-20251119-1430 warten: Die Beschreibung von Pull Request #7 in octo/demo zu schreiben ist nicht möglich: github.com hat versagt mit 502.',
		);
	});

	it('are German where something cannot be used, and stay as they are where nobody knows them', () => {
		const full = 'Cannot write /shop/a.json: the disk is full. Free some space (ENOSPC). ';
		assert.equal(
			told(`${full}Tracking goes on in memory and is written when it can be.`),
			'Kein Zugriff auf /shop/a.json: Der Datenträger ist voll. Schaffen Sie Platz (ENOSPC). ' +
				'Die Erfassung geht im Arbeitsspeicher weiter und wird geschrieben, sobald es geht.',
		);
		assert.equal(told('A hook of the team says no.'), 'A hook of the team says no.');
	});
});
