import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeKind } from './commit.ts';
import { findMarker } from './completion.ts';
import { defaultConfiguration } from './configuration.ts';
import { draftTitle } from './pullRequestTitle.ts';
import { compileRules, type Rules } from './rules.ts';

describe('the draft of a title', () => {
	let rules: Rules;

	before(async () => {
		rules = (await compileRules(defaultConfiguration())).rules;
	});

	/** Of a session of two files, unless told otherwise; `files` are changed, with `+` in front added, with `-` removed. */
	const title = ({ files = ['src/cart.ts', 'src/shop.ts'], ...given }: Given = {}) =>
		draftTitle({
			messages: ['wip: cart'],
			...given,
			files: new Map(files.map((file) => [file.replace(/^[+-]/, ''), kindOf(file)])),
			rules,
		});

	it("is the session's own title, whatever else there is", () => {
		assert.equal(title({ title: 'The cart', branch: 'prices', messages: ['Add the cart'] }), 'The cart');
	});

	it("is else a person's words", () => {
		assert.equal(title({ branch: 'prices', messages: ['wip: a', 'Add the cart\n\nWith prices.'] }), 'Add the cart');
		assert.equal(title({ messages: ['feat: cart totals'] }), 'feat: cart totals');
	});

	it('is never a word that only says that there was work', () => {
		const noise = ['checkpoint', 'Checkpoint 3', 'update', 'WIP', 'fix tests', 'save 14:30', 'Update 12 files', '🤖'];
		for (const subject of noise) assert.equal(title({ messages: [subject] }), 'Change cart.ts and shop.ts', subject);
		const derived = [
			"Merge branch 'main' into cart",
			'fixup! Add the cart',
			'Initial plan for the cart',
			'Plan: the cart',
		];
		for (const subject of derived) assert.equal(title({ messages: [subject] }), 'Change cart.ts and shop.ts', subject);
		assert.equal(title({ messages: ['checkpoint', 'Initial plan', 'Add the cart'] }), 'Add the cart');
	});

	it("is else the branch's name in words", () => {
		const names = {
			'cart-totals': 'Cart totals',
			cart: 'Cart',
			'feature/PROJ-12-cart_totals': 'Cart totals',
			'123-add-the-cart': 'Add the cart',
			'fix/empty-cart': 'Fix empty cart',
			'fix/fix-empty-cart': 'Fix empty cart',
			'cursor/cart-totals-3f9a': 'Cart totals',
			'claude/cart-totals-011CUqLpXmBnq8Z': 'Cart totals',
			'alice/wip-cart': 'Cart',
			'Add-API-docs': 'Add API docs',
		};
		for (const [branch, words] of Object.entries(names)) assert.equal(title({ branch }), words, branch);
	});

	it('takes no name of a branch that says nothing, or that would end the session', () => {
		const empty = ['patch-1', 'dev', 'wip', 'alice/work', 'dev10/abc0b1d7-b597-47f5-8c2a-fbffce4d853a', '2025-11-19'];
		for (const branch of [...empty, 'ready-for-review', 'done-with-session'])
			assert.equal(title({ branch }), 'Change cart.ts and shop.ts', branch);
	});

	it('is else the words behind a label, where they are more than a word', () => {
		assert.equal(title({ messages: ['wip: cart', 'wip: totals of the cart'] }), 'Totals of the cart');
		assert.equal(title({ messages: ['[auto] feed the shelf'] }), 'Feed the shelf');
		for (const subject of ['wip: cart, step 2', 'Auto-PR: lib (1 files)', 'checkpoint: 51fab7adf0b2'])
			assert.equal(title({ messages: [subject] }), 'Change cart.ts and shop.ts', subject);
	});

	it('is else what changed: the files where they are few, else the folder with the most of the code', () => {
		assert.equal(title({ files: ['+src/cart.ts'] }), 'Add src/cart.ts');
		assert.equal(title({ files: ['-src/cart.ts', 'src/cart.test.ts', 'docs/cart.md'] }), 'Remove src/cart.ts');
		assert.equal(title({ files: ['test/a.test.ts', 'docs/cart.md'] }), 'Change cart.md and a.test.ts');
		assert.equal(title({ files: ['+src/a.ts', 'src/b.ts', 'src/c.ts'] }), 'Change 3 files in src');
		assert.equal(title({ files: ['+src/a.ts', '+src/b.ts', '+lib/c.ts'] }), 'Add src and 1 other file');
		assert.equal(title({ files: ['a.ts', 'b.ts', 'c.ts'] }), 'Change 3 files');
		assert.equal(title({ files: ['a.ts', 'b.ts', 'lib/c.ts'] }), 'Change 3 files');
		assert.equal(title({ files: [] }), 'Work of a session');
		assert.equal(title({ files: ['✅.md'] }), 'Work of a session');
	});

	it('is one line that GitHub takes and that ends no session, whatever names and messages hold', () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 400 });
		fc.assert(
			fc.property(text, fc.array(text), fc.array(text), (branch, files, subjects) => {
				const messages = subjects.map((subject) => `wip: ${subject}`);
				const drafted = title({ branch, files, messages });
				assert.match(drafted, /^[^\p{C}]{1,200}$/u);
				assert.equal(findMarker(drafted, rules.markers), undefined);
			}),
		);
	});
});

type Given = Partial<Omit<Parameters<typeof draftTitle>[0], 'files' | 'rules'>> & { files?: string[] };

function kindOf(file: string): ChangeKind {
	return file.startsWith('+') ? 'A' : file.startsWith('-') ? 'D' : 'M';
}
