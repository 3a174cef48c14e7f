import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isMade, parseReflogLine } from './reflogLine.ts';

const [OLD, NEW] = ['1'.repeat(40), '2'.repeat(40)];

function parse(message: string) {
	return parseReflogLine(`${OLD} ${NEW} A B <a@b> 1700000000 +0100\t${message}`)!;
}

describe('a reflog line', () => {
	it('says what moved HEAD, when and by whom', () => {
		assert.deepEqual(parse('commit: subject: with colon'), {
			old: OLD,
			new: NEW,
			at: 1_700_000_000_000,
			person: { name: 'A B', email: 'a@b' },
			action: 'commit',
			message: 'commit: subject: with colon',
		});
	});

	for (const [message, action, made] of [
		['commit: x', 'commit', true],
		['commit (initial): x', 'initial', true],
		['commit (amend): x', 'amend', true],
		['commit (merge): Merge branch x', 'merge-commit', true],
		['commit (cherry-pick): x', 'cherry-pick', true],
		['commit (rebase): x', 'rebase', true],
		['cherry-pick: x', 'cherry-pick', true],
		['cherry-pick: fast-forward', 'other', false],
		['revert: Revert "x"', 'revert', true],
		['am: x', 'am', true],
		['rebase (pick): x', 'rebase', true],
		['rebase (fixup): x', 'rebase', true],
		['rebase (squash): x', 'rebase', true],
		['rebase (reword): x', 'rebase', true],
		['rebase (continue): x', 'rebase', true],
		['rebase -i (pick): x', 'rebase', true],
		['rebase (start): checkout main', 'rebase-other', false],
		['rebase (finish): returning to refs/heads/x', 'rebase-other', false],
		['rebase (abort): returning to refs/heads/x', 'rebase-other', false],
		['rebase (pick): fast-forward', 'rebase-other', false],
		['rebase finished: refs/heads/x onto y', 'rebase-other', false],
		['pull --rebase origin main (pick): x', 'rebase', true],
		['pull --rebase (start): checkout abc', 'rebase-other', false],
		['pull: Fast-forward', 'pull', false],
		['pull https://example.com/x main: Fast-forward', 'pull', false],
		["pull origin main: Merge made by the 'ort' strategy.", 'merge-commit', true],
		['merge side: Fast-forward', 'merge', false],
		["merge side: Merge made by the 'ort' strategy.", 'merge-commit', true],
		['reset: moving to HEAD~1', 'reset', false],
		['checkout: moving from a to b', 'checkout', false],
		['clone: from https://example.com/x', 'clone', false],
		['Branch: renamed refs/heads/a to refs/heads/b', 'other', false],
		['committed by hand', 'other', false],
		['', 'other', false],
	] as const) {
		it(`reads "${message}" as ${action}, ${made ? 'made' : 'not made'} here`, () => {
			const entry = parse(message);
			assert.deepEqual([entry.action, isMade(entry)], [action, made]);
		});
	}

	it('may have no message and no address', () => {
		const entry = parseReflogLine(`${OLD} ${NEW} A <> 1 +0000`)!;
		assert.deepEqual([entry.message, entry.person], ['', { name: 'A' }]);
	});

	it('is passed over when damaged, and never throws', () => {
		assert.equal(parseReflogLine(`${OLD.slice(1)} ${NEW} A <a@b> 1 +0000\tcommit: x`), undefined);
		fc.assert(fc.property(fc.string(), (line) => void parseReflogLine(line)));
	});

	it('reads back whatever git can write', () => {
		const word = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[<>\n\r\0\u2028\u2029]/g, '').trim());
		fc.assert(
			fc.property(word, word, fc.nat(), (name, message, seconds) => {
				const entry = parseReflogLine(`${OLD} ${NEW} ${name} <a@b> ${seconds} -0730\t${message}`);
				assert.deepEqual([entry?.person.name, entry?.message, entry?.at], [name, message, seconds * 1000]);
			}),
		);
	});
});
