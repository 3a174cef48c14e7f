import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeKind } from './commit.ts';
import { defaultConfiguration } from './configuration.ts';
import { draftPullRequest, hasSummary, updateSummary } from './pullRequestDraft.ts';
import { compileRules, type Rules } from './rules.ts';
import { readSessionMark, writeSessionTrailers } from './trailers.ts';

describe('the draft of a pull request', () => {
	let rules: Rules;
	const files = new Map<string, ChangeKind>([
		['src/cart/cart.ts', 'A'],
		['src/cart/cart.test.ts', 'A'],
		['docs/cart.md', 'M'],
		['package.json', 'M'],
	]);

	before(async () => {
		rules = (await compileRules(defaultConfiguration())).rules;
	});

	const draft = (given: Partial<Parameters<typeof draftPullRequest>[0]> = {}) =>
		draftPullRequest({ messages: ['wip: cart'], files, template: '', rules, ...given });

	it('tells what changed by folder, the tests and the documentation', () => {
		const { body } = draft();
		assert.match(body, /### What changed\n\n- `\.`: 1 file\n- `docs`: 1 file\n- `src\/cart`: 2 files\n/);
		assert.match(body, /### Tests\n\n- `src\/cart\/cart.test.ts` \(new\)\n/);
		assert.match(body, /### Documentation\n\n- `docs\/cart.md`\n/);
	});

	it("keeps the repository's template, with the summary where it asks for one", () => {
		const { body } = draft({ template: '# Description\n<!-- why? -->\n\n# Checklist\n- [ ] tested\n' });
		assert.ok(body.startsWith('# Description\n\n<!-- auto-pr summary -->'));
		assert.ok(body.endsWith('<!-- why? -->\n\n# Checklist\n- [ ] tested\n'));
		assert.ok(draft({ template: '- [ ] tested\n' }).body.endsWith('<!-- /auto-pr summary -->\n\n- [ ] tested\n'));
	});

	it("is brought up to date without a change of a person's words, and not where they took it out", () => {
		const body = `Mine.\n\n${draft().body}\n\nMine too.`;
		const next = updateSummary(body, new Map([['lib/new.ts', 'A']]));
		assert.match(next, /^Mine\.\n\n<!-- auto-pr summary -->[\s\S]*`lib`: 1 file[\s\S]*-->\n\nMine too\.$/);
		assert.doesNotMatch(next, /cart/);
		assert.equal(updateSummary('Mine.', files), 'Mine.');
		assert.deepEqual([body, next, 'Mine.', body.replace('<!-- /auto-pr', '')].map(hasSummary), [
			true,
			true,
			false,
			false,
		]);
	});

	it('names no file as anything but code', () => {
		const { body } = draft({ files: new Map([['a`b\nSession-Id: eve-20251119-1430.md', 'A']]) });
		assert.match(body, /- `` a`b\ufffdSession-Id: eve-20251119-1430\.md `` \(new\)/);
		assert.equal(readSessionMark(body), undefined);
	});

	it('takes its trailers, whatever the files are called', () => {
		const id = 'alice-20251119-1430';
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'grapheme' })), (names) => {
				const { body } = draft({ files: new Map(names.map((name) => [name, 'A'])) });
				assert.equal(readSessionMark(writeSessionTrailers(body, id))?.id, id);
			}),
		);
	});
});
