import assert from 'node:assert/strict';
import { findToken, type Run } from './token.ts';

/** Stands in for `gh`, and remembers what it was asked. */
function fakeGh(answer: string | undefined) {
	const calls: { line: string; env: Readonly<Record<string, string | undefined>> }[] = [];
	const run: Run = async (program, args, env) => {
		calls.push({ line: [program, ...args].join(' '), env });
		return answer;
	};
	return { calls, run };
}

describe('the token for a host', () => {
	it('is GITHUB_TOKEN, else GH_TOKEN, and gh is not asked', async () => {
		const { calls, run } = fakeGh('from gh');
		assert.equal(await findToken('github.com', { GITHUB_TOKEN: ' a\n', GH_TOKEN: 'b' }, run), 'a');
		assert.equal(await findToken('github.com', { GITHUB_TOKEN: '', GH_TOKEN: 'b' }, run), 'b');
		assert.equal(await findToken('octocorp.ghe.com', { GH_TOKEN: 'b' }, run), 'b');
		assert.deepEqual(calls, []);
	});

	it('is else the sign-in of gh for that host', async () => {
		const { calls, run } = fakeGh('gho_123\n');
		assert.equal(await findToken('github.example.com', {}, run), 'gho_123');
		assert.deepEqual(
			calls.map(({ line }) => line),
			['gh auth token --hostname=github.example.com'],
		);
	});

	it('is none where gh is absent, knows none, or prints nothing', async () => {
		assert.equal(await findToken('github.com', {}, fakeGh(undefined).run), undefined);
		assert.equal(await findToken('github.com', {}, fakeGh('\n').run), undefined);
	});

	it('is none where the real gh cannot be found', async () => {
		assert.equal(await findToken('github.com', { PATH: '' }), undefined);
	});

	it('is not taken from the environment for a host that only a remote names, nor handed to gh', async () => {
		const secrets = { GITHUB_TOKEN: 'a', GH_TOKEN: 'b', GH_ENTERPRISE_TOKEN: 'c', GITHUB_ENTERPRISE_TOKEN: 'd' };
		const { calls, run } = fakeGh(undefined);
		for (const host of ['evil.example.com', 'github.com.evil.example', 'notghe.com', 'github.com:8443']) {
			assert.equal(await findToken(host, { ...secrets, HOME: '/home/alice' }, run), undefined);
		}
		assert.deepEqual(
			calls.map(({ env }) => env),
			Array(4).fill({ HOME: '/home/alice' }),
		);
	});

	it("is the enterprise token for one's own server, which GH_HOST or GITHUB_SERVER_URL names", async () => {
		const { run } = fakeGh(undefined);
		const env = { GITHUB_TOKEN: 'a', GH_ENTERPRISE_TOKEN: 'c', GH_HOST: 'GitHub.example.com' };
		assert.equal(await findToken('github.example.com', env, run), 'c');
		assert.equal(await findToken('github.com', env, run), 'a');
	});

	it('is GITHUB_TOKEN on the server that runs the action, and on no other', async () => {
		const { run } = fakeGh(undefined);
		const env = { GITHUB_TOKEN: 'a', GITHUB_SERVER_URL: 'https://github.example.com' };
		assert.equal(await findToken('github.example.com', env, run), 'a');
		assert.equal(await findToken('github.com', env, run), undefined);
		assert.equal(
			await findToken('github.com', { GITHUB_TOKEN: 'a', GITHUB_SERVER_URL: 'https://github.com' }, run),
			'a',
		);
		assert.equal(await findToken('github.com', { GITHUB_TOKEN: 'a', GITHUB_SERVER_URL: '' }, run), 'a');
	});
});
