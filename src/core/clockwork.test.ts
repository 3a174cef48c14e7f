import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at, DAY, HOUR, MINUTE, makeRules, makeSession } from '../../test/support/builders.ts';
import { dueAt, isWithin, nextDue } from './clockwork.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';

const ROUNDED_OFF = new Map([
	['src/a.test.ts', 'A'],
	['README.md', 'M'],
] as const);
const START = at('14:30');

describe('what time does to a session', () => {
	let rules: Rules;
	let never: Rules;
	before(async () => {
		rules = await makeRules();
		never = await makeRules({ enable_timeout_completion: false, enable_heuristic_completion: false });
	});

	const due = (ms: number, given: Partial<Session> = {}) => dueAt(makeSession(given), START + ms, rules);

	it('warns after 15 idle minutes, once', () => {
		assert.equal(due(15 * MINUTE - 1), undefined);
		assert.equal(due(15 * MINUTE), 'idle');
		assert.equal(due(15 * MINUTE, { status: 'warning' }), undefined);
	});

	it('ends it when 30 minutes have gone by, and not at exactly 30', () => {
		assert.equal(due(30 * MINUTE, { status: 'warning' }), undefined);
		assert.equal(due(30 * MINUTE + 1), 'timeout');
		assert.equal(due(30 * MINUTE + 1, { status: 'warning' }), 'timeout');
	});

	it('ends it after 5 quiet minutes where tests and documentation both changed', () => {
		assert.equal(due(5 * MINUTE - 1, { files: ROUNDED_OFF }), undefined);
		assert.equal(due(5 * MINUTE, { files: ROUNDED_OFF }), 'heuristic');
	});

	it('leaves one that was started by hand or by an agent’s hook to them, until its timeout', () => {
		for (const origin of ['hand', 'agent'] as const) {
			assert.equal(due(6 * MINUTE, { files: ROUNDED_OFF, origin }), undefined);
			assert.equal(due(31 * MINUTE, { files: ROUNDED_OFF, origin }), 'timeout');
		}
	});

	it('lets an anchored session wait a week, without a warning', () => {
		assert.equal(due(7 * DAY, { anchored: true, files: ROUNDED_OFF }), undefined);
		assert.equal(due(7 * DAY + 1, { anchored: true }), 'timeout');
	});

	it('does nothing while the clock is set back', () => {
		assert.equal(due(-DAY, { files: ROUNDED_OFF }), undefined);
	});

	it('waits longer by the slack that a history needs', () => {
		assert.equal(dueAt(makeSession({ status: 'warning' }), START + DAY, rules, DAY), undefined);
		assert.equal(dueAt(makeSession({ status: 'warning' }), START + DAY + 31 * MINUTE, rules, DAY), 'timeout');
		assert.equal(dueAt(makeSession({ status: 'warning', files: ROUNDED_OFF }), START + DAY, rules, DAY), undefined);
	});

	it('never ends one where the rules for that are off, though it warns', () => {
		assert.equal(dueAt(makeSession({ files: ROUNDED_OFF }), START + 365 * DAY, never), 'idle');
		assert.equal(nextDue(makeSession({ status: 'warning' }), never), Number.POSITIVE_INFINITY);
	});

	it('says beforehand when it will do something next', () => {
		const sessions = fc.record(
			{
				status: fc.constantFrom('active', 'warning'),
				anchored: fc.boolean(),
				origin: fc.constantFrom('hand', 'agent', 'commit'),
				files: fc.constantFrom(ROUNDED_OFF, new Map()),
			},
			{ noNullPrototype: true },
		) as fc.Arbitrary<Partial<Session>>;
		fc.assert(
			fc.property(sessions, (given) => {
				const session = makeSession(given);
				const next = nextDue(session, rules);
				assert.equal(dueAt(session, next - 1, rules), undefined);
				assert.notEqual(dueAt(session, next, rules), undefined);
			}),
		);
	});

	describe('what still belongs to it', () => {
		const within = (ms: number, given: Partial<Session> = {}) => isWithin(makeSession(given), START + ms, rules);

		it('activity up to its timeout', () => {
			assert.ok(within(30 * MINUTE));
			assert.ok(!within(30 * MINUTE + 1));
		});

		it('activity before its start, as far, since commits come out of order', () => {
			assert.ok(within(-30 * MINUTE));
			assert.ok(!within(-30 * MINUTE - 1));
		});

		it('nothing after the quiet minutes of one that was rounded off', () => {
			assert.ok(within(5 * MINUTE - 1, { files: ROUNDED_OFF }));
			assert.ok(!within(5 * MINUTE, { files: ROUNDED_OFF }));
			assert.ok(within(20 * MINUTE, { files: ROUNDED_OFF, origin: 'hand' }));
		});

		it('activity days later, where it is anchored', () => {
			assert.ok(within(6 * DAY, { anchored: true }));
			assert.ok(!within(8 * DAY, { anchored: true }));
		});

		it('exactly what time has not ended, when nothing comes out of order', () => {
			fc.assert(
				fc.property(fc.integer({ min: 0, max: HOUR }), fc.boolean(), (ms, roundedOff) => {
					const given = { status: 'warning', files: roundedOff ? ROUNDED_OFF : new Map() } as const;
					assert.equal(within(ms, given), due(ms, given) === undefined);
				}),
			);
		});
	});
});
