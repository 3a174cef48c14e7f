import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../test/support/builders.ts';
import { parseHistoryLine } from './historyFile.ts';
import { UserError } from './userError.ts';

const LINE = {
	sha: 'd'.repeat(40),
	parents: ['e'.repeat(40)],
	author: 'Alice',
	committer: 'GitHub',
	authored: '2025-11-19T15:30:00+01:00',
	committed: '2025-11-19T14:31:00Z',
	message: 'wip: login\n',
	files: ['M src/a b.ts', 'R100\told\tnew', 'C75\told\tcopy', 'A x'],
	file_count: 4,
	expect: { auto: true },
};

const read = (changed: object) => parseHistoryLine(JSON.stringify({ ...LINE, ...changed }), 7);

describe('parseHistoryLine', () => {
	it('reads a commit', () => {
		assert.deepEqual(parseHistoryLine(JSON.stringify(LINE), 1), {
			sha: LINE.sha,
			parents: LINE.parents,
			author: { name: 'Alice' },
			committer: { name: 'GitHub' },
			authoredAt: at('14:30'),
			committedAt: at('14:31'),
			message: 'wip: login\n',
			files: [
				{ kind: 'M', path: 'src/a b.ts' },
				{ kind: 'R', path: 'new', from: 'old' },
				{ kind: 'C', path: 'copy', from: 'old' },
				{ kind: 'A', path: 'x' },
			],
		});
	});

	it('does with a sha and a time', () => {
		const commit = parseHistoryLine('{"sha":"abc","authored":"2025-11-19T14:30:00Z"}', 1);
		assert.deepEqual([commit.committedAt, commit.authoredAt], [at('14:30'), at('14:30')]);
		assert.deepEqual([commit.parents, commit.files, commit.message], [[], [], '']);
	});

	it('takes the commit’s time where the author’s is no time', () => {
		assert.equal(read({ authored: 'yesterday' }).authoredAt, at('14:31'));
	});

	it('passes over what has the wrong type', () => {
		assert.deepEqual(read({ parents: 'abc', files: [1, null, 'M a'] }).files, [{ kind: 'M', path: 'a' }]);
	});

	it('names the line that is not JSON', () => {
		assert.throws(() => parseHistoryLine('{"sha":', 12), new UserError('Line 12 of the history is not JSON.'));
	});

	it('names the line without a sha or a time', () => {
		for (const changed of [
			{ sha: undefined },
			{ sha: 5 },
			{ authored: undefined, committed: undefined },
			{ committed: 'x' },
		]) {
			assert.throws(() => read(changed), /^UserError: Line 7 of the history has no sha, or no time in "committed".$/);
		}
	});

	it('reads any text or says what is wrong with it', () => {
		const texts = fc.oneof(
			fc.string(),
			fc.json(),
			fc.object().map((value) => JSON.stringify({ ...LINE, ...value })),
		);
		fc.assert(
			fc.property(texts, (text) => {
				try {
					assert.equal(typeof parseHistoryLine(text, 1).sha, 'string');
				} catch (error) {
					assert.ok(error instanceof UserError, String(error));
				}
			}),
		);
	});
});
