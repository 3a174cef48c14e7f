import assert from 'node:assert/strict';
import { ALICE, BOB, COPILOT, type CommitGiven, GITHUB, makeCommit, makeRules } from '../../test/support/builders.ts';
import type { Configuration } from './configuration.ts';
import { type CommitContext, readCommit, readPullRequest } from './detection.ts';

const ID = 'alice-20251119-1430';
const ALONE: CommitContext = { startedByHand: false, isKnown: () => false, accepts: () => true };
const BY_HAND: CommitContext = { ...ALONE, startedByHand: true };

/** The rule that decides, with `+` for automatic. */
async function ruleFor(given: CommitGiven, context = ALONE, changed: Partial<Configuration> = {}): Promise<string> {
	const { verdict } = readCommit(makeCommit(given), await makeRules(changed), context);
	return `${verdict.auto ? '+' : '-'}${verdict.rule}`;
}

describe('readCommit', () => {
	it('takes a commit with a session trailer', async () => {
		assert.equal(await ruleFor({ message: `login\n\nSession-Id: ${ID}` }), '+session-trailer');
	});

	it('takes a commit with a marker of the older system', async () => {
		assert.equal(await ruleFor({ message: `login\n\n[cursor-session: ${ID}]` }), '+older-marker');
	});

	it('takes a commit whose title matches a pattern', async () => {
		assert.equal(await ruleFor({ message: 'auto-PR: lib (1 files)' }), '+pattern');
		assert.equal(await ruleFor({ message: '\r\n\r\nwip: login\r\n' }), '+pattern');
		assert.equal(await ruleFor({ message: 'tmp: x' }, ALONE, { auto_pr_patterns: ['^tmp:'] }), '+pattern');
	});

	it('takes no commit for what its body says', async () => {
		assert.equal(await ruleFor({ message: 'login\n\nwip: form\ncheckpoint: 3' }), '-person');
	});

	it('takes a commit that a known agent made or committed', async () => {
		assert.equal(await ruleFor({ message: 'Add login', by: COPILOT }), '+agent');
		assert.equal(await ruleFor({ message: 'Add login', committer: COPILOT }), '+agent');
		assert.equal(await ruleFor({ message: 'Add login', by: BOB }, ALONE, { agents: ['bob@example.com'] }), '+agent');
	});

	it('takes no commit for an agent that only helped', async () => {
		assert.equal(await ruleFor({ message: 'Add login\n\nCo-authored-by: Claude <noreply@anthropic.com>' }), '-person');
	});

	it('takes whatever an author commits during a session that they started by hand', async () => {
		assert.equal(await ruleFor({ message: 'Add login' }, BY_HAND), '+started-by-hand');
	});

	it('takes nothing of a person for being small', async () => {
		assert.equal(await ruleFor({ message: 'Fix typo', files: ['M a'] }), '-person');
		assert.equal(await ruleFor({ message: 'Nothing', files: [] }), '-person');
	});

	it('takes small commits where a team asks for it', async () => {
		const asked = { enable_small_pr_heuristic: true, min_files_for_manual: 2 };
		assert.equal(await ruleFor({ message: 'Fix typo', files: ['M a'] }, ALONE, asked), '+small');
		assert.equal(await ruleFor({ message: 'Fix typo', files: ['M a', 'M b'] }, ALONE, asked), '-person');
	});

	describe('what is never a session’s', () => {
		it('a merge, whoever made it and whatever it says', async () => {
			const parents = ['a'.repeat(40), 'b'.repeat(40)];
			for (const by of [ALICE, COPILOT]) {
				assert.equal(await ruleFor({ message: `wip: x\n\nSession-Id: ${ID}`, parents, by }, BY_HAND), '-merge');
			}
		});

		it('a commit of a dependency, release or CI bot', async () => {
			for (const name of [
				'dependabot[bot]',
				'renovate[bot]',
				'github-actions[bot]',
				'semantic-release-bot',
				'acme[bot]',
			]) {
				assert.equal(await ruleFor({ message: 'wip: bump', by: { name } }, BY_HAND), '-bot', name);
			}
		});

		it('a squash by which GitHub lands what an agent did on its branch', async () => {
			assert.equal(await ruleFor({ message: 'Add login (#12)', by: COPILOT, committer: GITHUB }), '-landing');
			const nameOnly = { by: { name: COPILOT.name }, committer: { name: 'GitHub' } };
			assert.equal(await ruleFor({ message: 'Add login (#12)', ...nameOnly }), '-landing');
		});

		it('but a commit that an agent makes on GitHub’s web is one, without the number behind the title', async () => {
			assert.equal(await ruleFor({ message: 'Initial plan', by: COPILOT, committer: GITHUB }), '+agent');
			assert.equal(await ruleFor({ message: 'Fix (#12)', by: COPILOT }), '+agent');
		});

		it('a revert of a commit from outside the running session', async () => {
			const sha = 'c'.repeat(40);
			const message = `Revert "Add login"\n\nThis reverts commit ${sha}.\n`;
			assert.equal(await ruleFor({ message }, BY_HAND), '-revert');
			assert.equal(await ruleFor({ message }, { ...BY_HAND, isKnown: (known) => known === sha }), '+started-by-hand');
			assert.equal(await ruleFor({ message }), '-person');
		});
	});

	it('refuses the trailer of somebody else’s session and judges the commit by the other rules', async () => {
		const refusing = { ...ALONE, accepts: () => false };
		assert.equal(await ruleFor({ message: `login\n\nSession-Id: ${ID}` }, refusing), '-person');
		assert.equal(await ruleFor({ message: `wip: login\n\nSession-Id: ${ID}` }, refusing), '+pattern');
		const reading = readCommit(makeCommit({ message: `wip\n\nSession-Id: ${ID}` }), await makeRules(), refusing);
		assert.equal(reading.mark, undefined);
	});

	it('reads no session from the diff that `git commit -v` left below the scissors', async () => {
		const diff = `# ------------------------ >8 ------------------------\ndiff --git a/x b/x\n Session-Id: ${ID}\n Entire-Session: 7ad3`;
		const reading = readCommit(makeCommit({ message: `Add login\n\n${diff}\n` }), await makeRules(), ALONE);
		assert.equal(reading.verdict.rule, 'person');
		assert.equal(reading.foreign, undefined);
	});

	it('notes the agent and another tool’s session beside the verdict', async () => {
		const commit = makeCommit({ message: 'Add login\n\nEntire-Session: 7ad3', by: COPILOT });
		const { agent, foreign } = readCommit(commit, await makeRules(), ALONE);
		assert.deepEqual([agent, foreign], ['GitHub Copilot', 'entire-session: 7ad3']);
	});

	it('says why in words', async () => {
		const rules = await makeRules();
		const why = (given: CommitGiven) => readCommit(makeCommit(given), rules, ALONE).verdict.because;
		assert.equal(why({ message: 'wip: x' }), 'the title matches ^wip:');
		assert.equal(why({ message: `x\n\nSession-Id: ${ID}` }), `it carries the trailer Session-Id: ${ID}`);
		assert.equal(why({ message: 'x', by: COPILOT }), 'it was made by GitHub Copilot, a coding agent');
		assert.equal(why({ message: 'x' }), 'nothing marks it as automatic');
	});
});

describe('readPullRequest', () => {
	const person = { title: 'Add login', body: '', author: BOB };
	const ruleOf = async (changed: object, configuration: Partial<Configuration> = {}) => {
		const { verdict, mark } = readPullRequest({ ...person, ...changed }, await makeRules(configuration));
		return `${verdict.auto ? '+' : '-'}${verdict.rule}${mark ? ` ${mark.id}` : ''}`;
	};

	it('decides by trailer, then title, then author, as for a commit', async () => {
		assert.equal(await ruleOf({ body: `Session-Id: ${ID}` }), `+session-trailer ${ID}`);
		assert.equal(await ruleOf({ body: `[cursor-session: ${ID}]` }), `+older-marker ${ID}`);
		assert.equal(await ruleOf({ title: 'Auto-PR: lib (1 files)' }), '+pattern');
		assert.equal(await ruleOf({ author: COPILOT }), '+agent');
		assert.equal(await ruleOf({}), '-person');
	});

	it('never decides by the words of the body', async () => {
		assert.equal(await ruleOf({ body: 'wip: login\nauto-pr: x' }), '-person');
	});

	it('leaves bots alone, also one whose body names a session', async () => {
		assert.equal(await ruleOf({ author: { name: 'dependabot[bot]' }, title: 'wip: bump' }), '-bot');
		assert.equal(await ruleOf({ author: { name: 'renovate[bot]' }, body: `Session-Id: ${ID}` }), `-bot ${ID}`);
	});

	it('knows an agent’s work behind a person’s pull request by its branch and a commit of its own there', async () => {
		const branch = 'copilot/fix-login';
		assert.equal(await ruleOf({ branch, commits: [{ author: COPILOT, message: 'x' }] }), '+agent');
		assert.equal(await ruleOf({ branch, commits: [{ author: BOB, message: 'x' }] }), '-person');
		assert.equal(await ruleOf({ branch: 'fix-login', commits: [{ author: COPILOT, message: 'x' }] }), '-person');
	});

	it('counts files only where a team asks for it, and only where their number is known', async () => {
		const asked = { enable_small_pr_heuristic: true };
		assert.equal(await ruleOf({ fileCount: 1 }), '-person');
		assert.equal(await ruleOf({ fileCount: 4 }, asked), '+small');
		assert.equal(await ruleOf({ fileCount: 5 }, asked), '-person');
		assert.equal(await ruleOf({}, asked), '-person');
	});
});
