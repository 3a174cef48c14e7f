import assert from 'node:assert/strict';
import { branchesOf } from './reflogBranches.ts';

const commit = { message: 'commit: x' };
const move = (from: string, to: string) => ({ message: `checkout: moving from ${from} to ${to}` });

describe('the branches of reflog entries', () => {
	it('are the current one, without a switch', () => {
		assert.deepEqual(branchesOf([commit, commit], [], 'main'), ['main', 'main']);
	});

	it('are, before a switch, the one that was left', () => {
		assert.deepEqual(branchesOf([commit, move('main', 'a'), commit], [], 'a'), ['main', 'a', 'a']);
	});

	it('are right when somebody switched on before HEAD was read', () => {
		assert.deepEqual(branchesOf([move('main', 'a'), commit], [move('a', 'b'), commit], 'b'), ['a', 'a']);
	});

	it('are right when somebody switched twice meanwhile', () => {
		assert.deepEqual(branchesOf([commit], [move('a', 'b'), commit, move('b', 'c')], 'c'), ['a']);
		assert.deepEqual(branchesOf([commit], [move('a', 'b'), commit, move('b', 'c')], 'b'), ['a']);
	});

	it('are none while HEAD is detached', () => {
		assert.deepEqual(branchesOf([commit, move('f'.repeat(40), 'a'), commit], [], 'a'), [undefined, 'a', 'a']);
	});
});
