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

	it('is written against the lowest editor that it promises, so that no newer API gets in', () => {
		const { version } = JSON.parse(readFileSync('node_modules/@types/vscode/package.json', 'utf8'));
		assert.equal(manifest.engines.vscode, `^${version}`);
		assert.equal(manifest.devDependencies['@types/vscode'], version);
		const lowest = JSON.parse(readFileSync('test/editor/vscode-server-lowest/package.json', 'utf8')).dependencies;
		// code-server 4.99 carries VS Code 1.99.
		assert.equal(lowest['code-server'].split('.')[1], version.split('.')[1]);
	});

	it('asks for the trust of the folder and a repository, in the palette and in every menu and key that starts something', () => {
		const harmless = new Set([
			'autoPr.openDashboard',
			'autoPr.openDashboardInEditor',
			'autoPr.showLog',
			'autoPr.showStatus',
		]);
		const known = new Set(commands.map(({ command }) => command));
		for (const { command, when } of menus.commandPalette) {
			assert.ok(known.has(command), command);
			if (when === 'false') continue;
			assert.match(when, /autoPr\.hasRepository && isWorkspaceTrusted/, command);
		}
		const elsewhere = [...menus['view/title'], ...menus['view/item/context'], ...manifest.contributes.keybindings];
		for (const { command, when } of elsewhere) {
			assert.ok(known.has(command), command);
			if (!harmless.has(command) && !when.includes('viewItem ==')) assert.match(when, /autoPr\.hasRepository/, command);
		}
	});

	it('names no path and no command in a setting, so that no repository can name one', () => {
		for (const [key, { type, scope }] of Object.entries(manifest.contributes.configuration.properties)) {
			assert.equal(type, 'string', key);
			assert.ok(['application', 'window'].includes(scope), key);
			assert.doesNotMatch(key, /path|command|executable/i, `${key} would have to be of scope "machine"`);
		}
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
