import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../core/userError.ts';
import { parseRemote } from './remote.ts';

const demo = { host: 'github.com', owner: 'octo', repository: 'demo', apiUrl: 'https://api.github.com' };

describe('the URL of a remote', () => {
	for (const url of [
		'https://github.com/octo/demo.git',
		'https://github.com/octo/demo',
		'https://github.com/octo/demo/',
		'https://github.com/octo/demo.git/',
		'https://GitHub.com/octo/demo.git',
		'https://www.github.com/octo/demo.git',
		'https://github.com:443/octo/demo.git',
		'http://github.com/octo/demo.git',
		'git+https://github.com/octo/demo.git',
		'git://github.com/octo/demo.git',
		'ssh://git@github.com/octo/demo.git',
		'ssh://git@github.com:22/octo/demo.git',
		'ssh://git@ssh.github.com:443/octo/demo.git',
		'git+ssh://git@github.com/octo/demo.git',
		'git@github.com:octo/demo.git',
		'git@github.com:octo/demo',
		'git@github.com:/octo/demo.git',
		'github.com:octo/demo.git',
		'org-14957082@github.com:octo/demo.git',
		'  git@github.com:octo/demo.git\n',
	]) {
		it(`reads ${JSON.stringify(url)}`, () => assert.deepEqual(parseRemote(url), demo));
	}

	for (const url of [
		'https://alice:ghp_secret@github.com/octo/demo.git',
		'https://ghp_secret@github.com/octo/demo.git',
		'https://x-access-token:ghp_secret@github.com/octo/demo.git?token=ghp_secret#ghp_secret',
		'ssh://git:ghp_secret@github.com/octo/demo.git',
	]) {
		it(`keeps no credentials of ${url.replace('ghp_secret', '…')}`, () => assert.deepEqual(parseRemote(url), demo));
	}

	it('reads dots, dashes and a name that ends in a second .git', () => {
		assert.equal(parseRemote('git@github.com:octo/site.github.io.git')?.repository, 'site.github.io');
		assert.equal(parseRemote('git@github.com:my-org/a-b_c.d')?.repository, 'a-b_c.d');
		assert.equal(parseRemote('https://github.com/octo/demo.git.git')?.repository, 'demo.git');
		assert.equal(parseRemote('https://github.com/octo/.github')?.repository, '.github');
	});

	it('decodes a percent-encoded name', () => {
		assert.equal(parseRemote('https://example.com/octo/caf%C3%A9.git')?.repository, 'café');
	});

	it('finds the API of GitHub Enterprise Server', () => {
		assert.deepEqual(parseRemote('git@github.example.com:octo/demo.git'), {
			...demo,
			host: 'github.example.com',
			apiUrl: 'https://github.example.com/api/v3',
		});
	});

	it('keeps the port of a web address, and drops the one of SSH and plain HTTP', () => {
		const api = (url: string) => parseRemote(url)?.apiUrl;
		assert.equal(api('https://github.example.com:8443/octo/demo'), 'https://github.example.com:8443/api/v3');
		assert.equal(api('ssh://git@github.example.com:2222/octo/demo'), 'https://github.example.com/api/v3');
		assert.equal(api('http://github.example.com:8080/octo/demo'), 'https://github.example.com/api/v3');
	});

	it('finds the API of GitHub Enterprise Cloud with data residency', () => {
		assert.equal(parseRemote('octocorp@octocorp.ghe.com:octo/demo.git')?.apiUrl, 'https://api.octocorp.ghe.com');
	});

	it('keeps the nested groups of other forges', () => {
		const forge = parseRemote('git@gitlab.com:group/sub/demo.git');
		assert.deepEqual([forge?.host, forge?.owner, forge?.repository], ['gitlab.com', 'group/sub', 'demo']);
	});

	it('lets the API address be overridden, and keeps no credentials or trailing slash of it', () => {
		const forge = parseRemote('git@github.com:octo/demo.git', 'http://me:secret@127.0.0.1:8080/api/v3/');
		assert.deepEqual(forge, { ...demo, apiUrl: 'http://127.0.0.1:8080/api/v3' });
		assert.deepEqual(parseRemote('git@github.com:octo/demo.git', ''), demo);
	});

	it('refuses an API address that is none, without repeating it', () => {
		assert.throws(
			() => parseRemote('git@github.com:octo/demo.git', 'ghp_secret'),
			(error: Error) => error instanceof UserError && !error.message.includes('secret'),
		);
	});

	for (const url of [
		'',
		'/srv/git/demo.git',
		'../demo.git',
		'./a:b/demo.git',
		'file:///srv/git/octo/demo.git',
		'C:\\work\\octo\\demo',
		'C:/octo/demo',
		'ext::sh -c whoami',
		'https://github.com/demo.git',
		'https://github.com/octo/.git',
		'https://github.com/',
		'git@github.com:demo.git',
		'https://github.com/octo/..%2f..%2fuser',
		'https://github.com/octo/%2e%2e',
		'git@github.com:octo/../demo',
		'git@github.com:octo/de mo',
		'-oProxyCommand=x:octo/demo',
		'javascript://github.com/octo/demo',
	]) {
		it(`is no repository on another machine: ${JSON.stringify(url)}`, () => {
			assert.equal(parseRemote(url), undefined);
		});
	}

	it('never throws, and never returns what would leave the repository in an API path', () => {
		const part = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom(
				'https://',
				'ssh://',
				'://',
				':',
				'/',
				'//',
				'@',
				'[',
				']',
				'..',
				'.git',
				'github.com',
				'%2f',
				'%',
				'\\',
				'\n',
			),
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
				const forge = parseRemote(parts.join(''));
				if (!forge) return;
				const names = [...forge.owner.split('/'), forge.repository];
				assert.ok(names.every((name) => name !== '' && name !== '.' && name !== '..'));
				assert.ok(URL.canParse(forge.apiUrl), forge.apiUrl);
			}),
			{ numRuns: 2000 },
		);
	});
});
