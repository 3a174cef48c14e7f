import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Commit, FileChange } from '../core/commit.ts';
import { LogParser } from './logFormat.ts';

/** Objects as everybody makes them. */
const plain = { noNullPrototype: true };
const sha = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
/** Anything but NUL, which git lets into neither a name nor a message. */
const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
const path = text.map((value) => value || 'file');
const person = fc.record({ name: text, email: text.map((value) => value || 'a@b') }, plain);
const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
const change: fc.Arbitrary<FileChange> = fc.oneof(
	fc.record({ kind: fc.constantFrom('A', 'M', 'D', 'T'), path }, plain),
	fc.record({ kind: fc.constantFrom('R', 'C'), path, from: path }, plain),
);
const commit: fc.Arbitrary<Commit> = fc.record(
	{
		sha,
		parents: fc.array(sha, { maxLength: 3 }),
		author: person,
		committer: person,
		authoredAt: seconds.map((value) => value * 1000),
		committedAt: seconds.map((value) => value * 1000),
		message: text,
		files: fc.array(change, { maxLength: 4 }),
	},
	plain,
);

/** As `git log` prints it for `LOG_FORMAT`. */
function printed(commits: readonly Commit[]): Buffer {
	const parts = commits.flatMap(({ sha, parents, author, committer, authoredAt, committedAt, message, files }) => [
		...[sha, parents.join(' '), `${authoredAt / 1000} ${committedAt / 1000}`],
		...[author.name, author.email!, committer.name, committer.email!, message],
		...files.flatMap(({ kind, path, from }, index) => {
			const status = `${index === 0 ? '\n' : ''}${kind}${from === undefined ? '' : '087'}`;
			return from === undefined ? [status, path] : [status, from, path];
		}),
	]);
	return Buffer.from(parts.map((part) => `${part}\0`).join(''));
}

describe('the log parser', () => {
	it('reads back any history, in pieces of any size', () => {
		fc.assert(
			fc.property(fc.array(commit, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), (commits, size) => {
				const bytes = printed(commits);
				const parser = new LogParser();
				const read: Commit[] = [];
				for (let start = 0; start < bytes.length; start += size) {
					read.push(...parser.push(bytes.subarray(start, start + size)));
				}
				assert.deepEqual([...read, ...parser.end()], commits);
			}),
		);
	});

	it('survives any bytes', () => {
		fc.assert(
			fc.property(fc.array(fc.uint8Array()), (pieces) => {
				const parser = new LogParser();
				for (const piece of pieces) parser.push(Buffer.from(piece));
			}),
		);
	});

	it('says so when the log is cut', () => {
		const parser = new LogParser();
		parser.push(Buffer.from(`${'a'.repeat(40)}\0\0`));
		assert.throws(() => parser.end(), /stopped in the middle of a commit/);
	});

	it('leaves out an address that is empty', () => {
		const parser = new LogParser();
		parser.push(Buffer.from(`${'a'.repeat(40)}\0\x000 0\0A\0\0A\0\0\0`));
		assert.deepEqual(parser.end()[0]!.author, { name: 'A' });
	});
});
