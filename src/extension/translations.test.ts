import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
/** A call of `t` with its sentence: a literal, so that it can be found here. */
const CALL = /\bt\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[^\s)])/g;

function sources(): { file: string; text: string }[] {
	return ['extension', 'dashboard'].flatMap((folder) =>
		readdirSync(path.join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/^(?:words|l10n)\.ts$/.test(file))
			.concat(folder === 'extension' ? 'words.ts' : 'l10n.ts')
			.map((file) => ({ file, text: readFileSync(path.join(root, 'src', folder, file), 'utf8') })),
	);
}

/** The sentences that the code says. */
function said(): Set<string> {
	const sentences = new Set<string>();
	for (const { file, text } of sources()) {
		for (const [, literal = ''] of text.replace(/\bt\(message: string[^)]*\)/g, '').matchAll(CALL)) {
			assert.match(
				literal,
				/^['"]/,
				`${file}: t(${literal}… takes a sentence as it stands, so that it can be translated`,
			);
			sentences.add(literal.slice(1, -1).replace(/\\(.)/g, '$1'));
		}
	}
	return sentences;
}

function read(file: string): Record<string, string> {
	return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const placesIn = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const commandsIn = (text: string): string[] => text.match(/\(command:[\w.]+\)/g) ?? [];

describe('the German words', () => {
	const german = read('l10n/bundle.l10n.de.json');

	it('are there for each sentence that the editor and the dashboard say, and for no other', () => {
		assert.deepEqual(Object.keys(german).sort(), [...said()].sort());
	});

	it('fill the same places', () => {
		for (const [english, words] of Object.entries(german))
			assert.deepEqual(placesIn(words), placesIn(english), english);
	});

	it('are there for all that the manifest names, with the same commands behind the links', () => {
		const [english, words] = [read('package.nls.json'), read('package.nls.de.json')];
		assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
		for (const [key, text] of Object.entries(english)) assert.deepEqual(commandsIn(words[key]!), commandsIn(text), key);
	});
});
