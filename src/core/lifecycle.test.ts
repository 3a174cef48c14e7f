import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawLifecycle } from '../../test/support/stateDiagram.ts';
import { type Happening, type Stage, step, TRANSITIONS } from './lifecycle.ts';

const DOCS = join(__dirname, '../../docs/sessions.md');
const BEGIN = '<!-- state diagram: written by `UPDATE_DOCS=1 npx mocha src/core/lifecycle.test.ts` -->\n';
const END = '\n<!-- end of state diagram -->';

const STAGES = Object.keys(TRANSITIONS) as Stage[];
const COMPLETIONS: Happening[] = ['explicit', 'timeout', 'heuristic', 'closed', 'orphaned'];

describe('the life of a session', () => {
	it('begins with an activity and with nothing else', () => {
		assert.deepEqual(Object.keys(TRANSITIONS.none), ['activity']);
		assert.deepEqual(step('none', 'activity'), { to: 'active', duties: ['announce'] });
	});

	it('goes from active to warning and back', () => {
		assert.deepEqual(step('active', 'idle'), { to: 'warning', duties: ['warn'] });
		assert.deepEqual(step('warning', 'activity'), { to: 'active', duties: ['calm'] });
		assert.equal(step('warning', 'idle'), undefined);
	});

	it('completes by each trigger from both, and is then archived and published', () => {
		for (const stage of ['active', 'warning'] as const) {
			for (const trigger of COMPLETIONS) {
				assert.deepEqual(step(stage, trigger), { to: 'completed', duties: ['archive', 'publish'] });
			}
			assert.deepEqual(step(stage, 'discard'), { to: 'discarded', duties: ['forget'] });
		}
	});

	it('has no way out of completed and discarded, so that a session completes once', () => {
		for (const stage of ['completed', 'discarded'] as const) {
			for (const happening of ['activity', 'idle', 'discard', ...COMPLETIONS] as const) {
				assert.equal(step(stage, happening), undefined);
			}
		}
	});

	it('reaches every stage', () => {
		const reached = new Set<Stage>(['none']);
		for (const stage of reached) for (const { to } of Object.values(TRANSITIONS[stage])) reached.add(to);
		assert.deepEqual([...reached].sort(), [...STAGES].sort());
	});

	it('is drawn in docs/sessions.md as it is', async () => {
		const text = (await readFile(DOCS, 'utf8')).replaceAll('\r\n', '\n');
		const begin = text.indexOf(BEGIN);
		const end = text.indexOf(END);
		assert.ok(begin >= 0 && end > begin, 'docs/sessions.md has lost the lines between which the diagram stands.');
		const drawn = `${text.slice(0, begin)}${BEGIN}\`\`\`mermaid\n${drawLifecycle()}\n\`\`\`${text.slice(end)}`;
		if (process.env.UPDATE_DOCS) await writeFile(DOCS, drawn);
		else assert.equal(text, drawn, 'Run UPDATE_DOCS=1 npx mocha src/core/lifecycle.test.ts.');
	});
});
