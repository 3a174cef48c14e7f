import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import words from '../../package.nls.json' with { type: 'json' };

/** The most that a picture of the walkthrough may weigh, bytes. */
const PICTURE = 60 * 1024;

describe('the manifest', () => {
	const { commands, menus, walkthroughs } = manifest.contributes;

	it('has words for every text, and no words for none', () => {
		const asked = [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
		assert.deepEqual([...new Set(asked)].sort(), Object.keys(words).sort());
	});

	it('offers in the palette only what makes sense: all but what always does has a condition', () => {
		const conditional = new Set(menus.commandPalette.map(({ command }) => command));
		const always = commands.map(({ command }) => command).filter((command) => !conditional.has(command));
		assert.deepEqual(always.sort(), [
			'autoPr.openDashboard',
			'autoPr.openDashboardInEditor',
			'autoPr.showLog',
			'autoPr.showStatus',
		]);
	});

	it('walks through in five steps, each with a light picture and a button that exists', () => {
		const known = new Set(commands.map(({ command }) => command));
		const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
		assert.equal(steps.length, 5);
		for (const { id, media } of steps) {
			assert.ok(statSync(media.image).size <= PICTURE, media.image);
			const text = words[`walkthrough.${id}.text` as keyof typeof words];
			const [, command] = /\]\(command:([\w.]+)\)/.exec(text) ?? [];
			assert.ok(known.has(command!), `${id}: ${command}`);
		}
	});
});
