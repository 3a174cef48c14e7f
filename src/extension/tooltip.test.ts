import assert from 'node:assert/strict';
import type { Standing } from './standing.ts';
import { MINUTE, makeCommits, makeReady, makeSession, START } from './testing.ts';
import { tooltipLines } from './tooltip.ts';

const textsOf = (standing: Standing) =>
	tooltipLines(standing, START + 12 * MINUTE).map(({ label, text }) => (label ? `${label}: ${text}` : text));

describe('the tooltip', () => {
	it('tells what a session is, holds, and what completes it', async () => {
		const here = makeSession({
			commits: makeCommits(3),
			lastActivityAt: START + 9 * MINUTE,
			files: new Map([
				['src/a.ts', 'M'],
				['src/a.test.ts', 'A'],
			]),
		});
		assert.deepEqual(textsOf(await makeReady({ here }, { because: 'the title matches ^wip:' })), [
			'alice-20251119-1430: ',
			'Author: Alice',
			'Running: 12 min, last activity 3 min ago',
			'Holds: 3 commits, 2 files, 1 test, 0 documents',
			'Last commit: automatic, since the title matches ^wip:',
			'Completes: after 30 min without activity; by a commit whose title says so; by hand',
		]);
	});

	it('tells that tests and documentation let a found session complete sooner', async () => {
		const rounded = new Map([
			['src/a.test.ts', 'A'],
			['README.md', 'M'],
		] as const);
		const found = textsOf(await makeReady({ here: makeSession({ files: rounded }) }));
		assert.match(found.at(-1)!, /^Completes: after 5 min of quiet, since it has tests and documentation; after 30 min/);
		const byHand = textsOf(await makeReady({ here: makeSession({ files: rounded, origin: 'hand' }) }));
		assert.match(byHand.at(-1)!, /^Completes: after 30 min/);
	});

	it('tells why trailers wait, and of sessions that are open elsewhere', async () => {
		const ending = { trigger: 'timeout' as const, at: START };
		const entry = { session: 'alice-20251118-0900', branches: [], startedAt: START, since: START, attempts: 1, ending };
		const others = [makeSession({ id: 'bob-20251119-1400' })];
		const queue = [{ ...entry, error: 'Sign in to github.com to publish.' }];
		assert.deepEqual(textsOf(await makeReady({ others, queue })), [
			'No session is running. It starts by itself with the first automatic commit.',
			'Also open: bob-20251119-1400',
			'Waits to be published: alice-20251118-0900. Sign in to github.com to publish.',
		]);
	});

	it('names the repository where there are several', async () => {
		assert.equal(textsOf(await makeReady({}, { several: true }))[0], 'Repository: shop');
	});

	it('says that a folder is not trusted', () => {
		const [line] = textsOf({ stage: 'restricted', name: 'shop' });
		assert.match(line!, /not trusted/);
	});
});
