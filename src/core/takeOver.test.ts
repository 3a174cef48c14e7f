import assert from 'node:assert/strict';
import type { CompletedSession } from './completedSession.ts';
import { sameRecord, takeOver } from './takeOver.ts';

const HOUR = 3_600_000;
const LATE = Date.UTC(2025, 10, 19, 22, 44);

function session(changes: Partial<CompletedSession> = {}): CompletedSession {
	return {
		id: 'alice-20251119-2244',
		author: 'alice',
		startedAt: LATE,
		lastActivityAt: LATE + HOUR,
		completedAt: LATE + HOUR,
		trigger: 'explicit',
		durationMinutes: 60,
		pullRequests: [12],
		filesChanged: 3,
		testFilesAdded: 1,
		docsUpdated: 0,
		filesByKind: {},
		commits: [],
		branches: [],
		assisted: 0,
		...changes,
	};
}

const earlier = ({ startedAt, lastActivityAt, completedAt, ...rest }: CompletedSession, by: number) => ({
	...rest,
	startedAt: startedAt - by,
	lastActivityAt: lastActivityAt - by,
	completedAt: completedAt - by,
});
const unzoned = (told: CompletedSession) => ({ session: told, inUtc: told });

describe('taking a session over', () => {
	it('takes one that is new as it is', () => {
		assert.deepEqual(takeOver(undefined, unzoned(session())), session());
	});

	it('changes nothing the second time', () => {
		const told = { session: earlier(session(), HOUR), inUtc: session() };
		const once = takeOver(undefined, told);
		const twice = takeOver(once, told);
		assert.deepEqual(twice, once);
		assert.ok(sameRecord(once, twice));
	});

	it('keeps what is known, and adds the pull requests, title and score that it lacks', () => {
		const known = session({ commits: ['a'.repeat(40)], filesChanged: 9 });
		const told = session({ pullRequests: [13, 12], title: 'Log in', score: 4, filesChanged: 1 });
		const after = takeOver(known, unzoned(told));
		assert.deepEqual(after, { ...known, pullRequests: [12, 13], title: 'Log in', score: 4 });
		assert.ok(!sameRecord(known, after));
		assert.equal(takeOver(after, unzoned(session({ title: 'Other', score: 1 }))).title, 'Log in');
	});

	it('puts times right that were taken for UTC', () => {
		const told = { session: earlier(session(), HOUR), inUtc: session() };
		assert.deepEqual(takeOver(session(), told), earlier(session(), HOUR));
	});

	it('leaves times alone that another zone was named for', () => {
		const inTokyo = earlier(session(), 9 * HOUR);
		assert.deepEqual(takeOver(inTokyo, { session: earlier(session(), HOUR), inUtc: session() }), inTokyo);
	});

	const unfinished = session({ trigger: 'orphaned', lastActivityAt: LATE, completedAt: LATE, durationMinutes: 0 });

	it('completes one that was taken over unfinished, once its end is known', () => {
		assert.deepEqual(takeOver(unfinished, unzoned(session())), session());
		assert.deepEqual(takeOver(session(), unzoned(unfinished)), session());
	});

	it('lets an unfinished one go on, and never back', () => {
		const further = { ...unfinished, lastActivityAt: LATE + HOUR / 2, completedAt: LATE + HOUR / 2 };
		assert.deepEqual(takeOver(unfinished, unzoned(further)), further);
		assert.deepEqual(takeOver(further, unzoned(unfinished)), further);
		// The same, told without its zone: no later, only read otherwise.
		assert.deepEqual(takeOver(earlier(further, HOUR), unzoned(further)), earlier(further, HOUR));
	});

	it('does not take an orphan with commits of our own for unfinished', () => {
		const ours = { ...unfinished, commits: ['a'.repeat(40)] };
		assert.deepEqual(takeOver(ours, unzoned(session())), ours);
	});
});
