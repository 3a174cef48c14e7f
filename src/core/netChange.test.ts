import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeChange } from '../../test/support/builders.ts';
import type { ChangeKind, FileChange } from './commit.ts';
import { foldChanges } from './netChange.ts';

/** The net change of commits, each the changes that it made. */
function netOf(...commits: string[][]): Record<string, ChangeKind> {
	const net = new Map<string, ChangeKind>();
	for (const changes of commits) foldChanges(net, changes.map(makeChange));
	return Object.fromEntries(net);
}

describe('foldChanges', () => {
	it('counts a file once, however often it changed', () => {
		assert.deepEqual(netOf(['M a'], ['M a'], ['M a', 'M b']), { a: 'M', b: 'M' });
	});

	it('keeps an addition that was edited an addition', () => {
		assert.deepEqual(netOf(['A a'], ['M a'], ['T a']), { a: 'A' });
	});

	it('forgets a file that was added and removed', () => {
		assert.deepEqual(netOf(['A a'], ['M a'], ['D a']), {});
	});

	it('takes a file that was removed and added again for a changed one', () => {
		assert.deepEqual(netOf(['D a'], ['A a']), { a: 'M' });
	});

	it('keeps the removal of a file that was there before', () => {
		assert.deepEqual(netOf(['M a'], ['D a']), { a: 'D' });
	});

	it('tells a rename as the old name gone and the new one there', () => {
		assert.deepEqual(netOf(['R a b']), { a: 'D', b: 'R' });
	});

	it('takes an added file that was renamed for an addition under its last name', () => {
		assert.deepEqual(netOf(['A a'], ['R a b']), { b: 'A' });
	});

	it('follows a file through several renames', () => {
		assert.deepEqual(netOf(['R a b'], ['R b c']), { a: 'D', c: 'R' });
		assert.deepEqual(netOf(['A a'], ['R a b'], ['R b c'], ['D c']), {});
	});

	it('tells a file that was renamed and then removed as removed', () => {
		assert.deepEqual(netOf(['R a b'], ['D b']), { a: 'D' });
	});

	it('tells a file that was renamed away and back as changed', () => {
		assert.deepEqual(netOf(['R a b'], ['R b a']), { a: 'M' });
	});

	it('counts a copy as an addition and leaves its source alone', () => {
		assert.deepEqual(netOf(['C a b']), { b: 'A' });
	});

	it('tells what the difference of the first and the last tree is, for any work in between', () => {
		const names = fc.constantFrom<string>('a', 'b', 'c', 'd', 'e');
		const steps = fc.array(fc.tuple(fc.constantFrom('A', 'M', 'D', 'R'), names, names));
		fc.assert(
			fc.property(fc.uniqueArray(names), steps, (before, wishes) => {
				const tree = new Set(before);
				const net = new Map<string, ChangeKind>();
				for (const [kind, path, other] of wishes) {
					const change = makePossible(tree, kind, path, other);
					if (change) foldChanges(net, [change]);
				}
				for (const path of ['a', 'b', 'c', 'd', 'e']) {
					const kind = net.get(path);
					if (kind === 'D') assert.ok(before.includes(path) && !tree.has(path), path);
					else if (kind === 'A' || kind === 'R') assert.ok(!before.includes(path) && tree.has(path), path);
					else if (kind === 'M') assert.ok(before.includes(path) && tree.has(path), path);
					else assert.equal(before.includes(path), tree.has(path), path);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

/** Makes a change in a tree where git could report it. */
function makePossible(tree: Set<string>, kind: string, path: string, other: string): FileChange | undefined {
	const there = tree.has(path);
	if (kind === 'A' && !there) {
		tree.add(path);
		return { kind, path };
	}
	if (kind === 'M' && there) return { kind, path };
	if (kind === 'D' && there) {
		tree.delete(path);
		return { kind, path };
	}
	if (kind === 'R' && there && !tree.has(other)) {
		tree.delete(path);
		tree.add(other);
		return { kind, path: other, from: path };
	}
	return undefined;
}
