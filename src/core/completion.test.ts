import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeKind } from './commit.ts';
import { compileMarkers, findMarker, isRoundedOff } from './completion.ts';
import { KEYS } from './configuration.ts';

const DEFAULTS = KEYS.completion_markers.value as readonly string[];
const markers = compileMarkers(DEFAULTS);
const found = (text: string) => findMarker(text, markers);

describe('findMarker', () => {
	describe('what says that a session is done', () => {
		const done: [text: string, marker: string][] = [
			['feat: login flow - complete', 'complete'],
			['complete', 'complete'],
			['Complete.', 'complete'],
			['COMPLETE!!!', 'complete'],
			['wip: complete', 'complete'],
			['Login flow (complete)', 'complete'],
			['Login flow [ready]', '[ready]'],
			['[Ready] Login flow', '[ready]'],
			['Login flow (ready for review)', 'ready for review'],
			['Ready   for\tReview: login flow', 'ready for review'],
			['Login flow | ready to review', 'ready to review'],
			['Login flow – finished', 'finished'],
			['Login flow — finished', 'finished'],
			['Login flow -- finished', 'finished'],
			['登录（finished）', 'finished'],
			['Login flow: final PR', 'final pr'],
			['auto-pr: done with session', 'done with session'],
			['wip [session-complete] login', '[session-complete]'],
			['✅ login flow', '✅'],
			['login✅flow', '✅'],
			['wip: login\n\nThe form works.\nReady for review.\n', 'ready for review'],
			['wip: login\r\n\r\nfinished\r\n', 'finished'],
		];
		for (const [text, marker] of done) {
			it(JSON.stringify(text), () => {
				assert.equal(found(text), marker);
			});
		}

		it('each marker of the default configuration, alone and behind the title', () => {
			for (const marker of DEFAULTS) {
				assert.equal(found(marker), marker);
				assert.equal(found(`wip: login - ${marker}`), marker);
				assert.equal(found(`wip: login - ${marker.toUpperCase()}`), marker);
			}
		});
	});

	describe('what does not', () => {
		const running = [
			'',
			'Complete the login flow',
			'Initial analysis complete',
			'Phase 1 complete',
			'feat: Phase 1 complete',
			'wip: login flow is finished',
			'Incomplete',
			'wip: completed',
			'Not finished',
			'finished-login: fix',
			'half-finished',
			'add X_COMPLETE.md',
			'Auto-PR: COMPLETE.md',
			'Auto-PR: complete (3 files)',
			'Auto-PR: complete (1 file)',
			'wip: login\n\n- [x] Complete',
			'wip: login\n\n- [ ] ready for review',
			'wip: login\n\nThe form is complete.',
			'wip: login\n\nready for review, I think',
			'wip: login\n\n> ready for review',
			'wip: login\n\n* complete',
			'wip: login\n\n# complete',
			'wip: login\n\nStatus: complete',
			'wip: login\n\n✅ form works',
			'wip: login\n\n[ready]',
			'wip: login\n\nM docs/IMPLEMENTATION_COMPLETE.md',
			'wip: login\n\n# ------------------------ >8 ------------------------\ncomplete',
			'ready',
			'already',
		];
		for (const text of running) {
			it(JSON.stringify(text), () => {
				assert.equal(found(text), undefined);
			});
		}
	});

	it('still takes a sign in a title that a daemon made', () => {
		assert.equal(found('Auto-PR: complete ✅ (3 files)'), '✅');
	});

	it('uses the team’s markers instead of the default ones', () => {
		const own = compileMarkers(['  Fertig ', '[DONE]', '🏁', '']);
		assert.equal(findMarker('Anmeldung: fertig', own), 'fertig');
		assert.equal(findMarker('[done] Anmeldung', own), '[done]');
		assert.equal(findMarker('Anmeldung 🏁', own), '🏁');
		assert.equal(findMarker('Anmeldung - complete', own), undefined);
		assert.equal(findMarker('', own), undefined);
	});

	it('finds no marker where none is configured', () => {
		fc.assert(fc.property(fc.string(), (text) => assert.equal(findMarker(text, compileMarkers([])), undefined)));
	});

	it('never finds a phrase as a part of a longer word', () => {
		const letters = fc.stringMatching(/^[a-z]{1,5}$/);
		const phrase = fc.constantFrom('complete', 'finished', 'ready for review');
		fc.assert(
			fc.property(letters, phrase, letters, (before, word, after) => {
				for (const text of [before + word, word + after, `${before} ${word}`, `${word} ${after}`]) {
					assert.equal(found(`wip: ${text}`), undefined);
					assert.equal(found(`wip\n\n${text}`), undefined);
				}
			}),
		);
	});

	it('answers for a line of 64 KiB that would hold a backtracking engine up', () => {
		for (const filler of ['.', '!', ' ', '(', '-', ' - ', '(1', '\t']) {
			const line = `${filler.repeat(65_536 / filler.length)}x`;
			assert.equal(found(line), undefined);
			assert.equal(found(`wip\n\n${line}`), undefined);
		}
	});
});

describe('isRoundedOff', () => {
	const net = (files: Record<string, ChangeKind>) => new Map(Object.entries(files));

	it('is so where tests and documentation both changed', () => {
		assert.ok(isRoundedOff(net({ 'src/a.ts': 'M', 'src/a.test.ts': 'A', 'README.md': 'M' })));
	});

	it('is not so with one of them, or none', () => {
		assert.ok(!isRoundedOff(net({})));
		assert.ok(!isRoundedOff(net({ 'src/a.ts': 'M', 'src/a.test.ts': 'A' })));
		assert.ok(!isRoundedOff(net({ 'docs/a.md': 'M' })));
	});

	it('does not count prose that lies beside tests as both', () => {
		assert.ok(!isRoundedOff(net({ 'tests/README.md': 'M' })));
	});

	it('does not count what was removed', () => {
		assert.ok(!isRoundedOff(net({ 'src/a.test.ts': 'D', 'README.md': 'M' })));
	});
});
