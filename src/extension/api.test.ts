import assert from 'node:assert/strict';
import type { Session } from '../core/session.ts';
import { type CurrentSession, createApi } from './api.ts';
import { makeCommits, makeSession } from './testing.ts';

function makeApi() {
	let session: Session | undefined;
	let tell = () => {};
	const heard: (CurrentSession | undefined)[] = [];
	const { api } = createApi(
		{
			ready: Promise.resolve(),
			current: () => session,
			onDidChange: (listener) => {
				tell = listener;
				return { dispose: () => {} };
			},
		},
		{ event: () => ({ dispose: () => {} }), fire: (told) => heard.push(told) },
	);
	const becomes = (next: Session | undefined) => {
		session = next;
		tell();
	};
	return { api, heard, becomes };
}

describe('the API for other extensions', () => {
	it('tells the session of the active repository', () => {
		const { api, becomes } = makeApi();
		assert.equal(api.getCurrentSession(), undefined);
		becomes(makeSession({ commits: makeCommits(1), files: new Map([['a.ts', 'A']]), title: 'the cart' }));
		const { id, commits, files, title } = api.getCurrentSession()!;
		assert.deepEqual([id, commits.length, files, title], ['alice-20251119-1430', 1, ['a.ts'], 'the cart']);
	});

	it('tells what changed, and nothing twice', () => {
		const { heard, becomes } = makeApi();
		becomes(makeSession());
		becomes(makeSession());
		becomes(makeSession({ commits: makeCommits(2) }));
		becomes(undefined);
		assert.deepEqual(
			heard.map((session) => session?.commits.length),
			[0, 2, undefined],
		);
	});

	it('gives nothing that a listener could change', () => {
		const { api, becomes } = makeApi();
		becomes(makeSession({ commits: makeCommits(1) }));
		const session = api.getCurrentSession()!;
		assert.ok(Object.isFrozen(session) && Object.isFrozen(session.commits) && Object.isFrozen(session.files));
	});
});
