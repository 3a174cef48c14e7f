import assert from 'node:assert/strict';
import { isDocs, isTest } from './paths.ts';

describe('isTest', () => {
	const tests = [
		'src/login.test.ts',
		'src/login.spec.tsx',
		'src/login-test.js',
		'src/login_test.go',
		'tests/test_login.py',
		'test_login.py',
		'src/test/java/LoginTest.java',
		'LoginTests.cs',
		'LoginSpec.scala',
		'LoginIT.java',
		'spec/login.rb',
		'cypress/login.cy.ts',
		'e2e/login.ts',
		'src/__tests__/login.js',
		'src/__mocks__/login.js',
		'tests/fixtures/login.json',
	];
	for (const path of tests) it(`takes ${path} for a test`, () => assert.ok(isTest(path)));

	const others = [
		'src/login.ts',
		'src/latest.ts',
		'contest/a.ts',
		'src/attestation.ts',
		'src/Audit.ts',
		'tests/README.md',
		'testing',
		'',
	];
	for (const path of others) it(`takes ${path || 'an empty path'} for none`, () => assert.ok(!isTest(path)));
});

describe('isDocs', () => {
	const docs = [
		'README.md',
		'docs/a.md',
		'docs/picture.png',
		'CHANGELOG',
		'LICENSE.txt',
		'guide/page.mdx',
		'src/a.rst',
		'tests/README.md',
	];
	for (const path of docs) it(`takes ${path} for documentation`, () => assert.ok(isDocs(path)));

	const others = ['src/a.ts', 'docs/a.test.ts', 'docs/tests/a.ts', 'src/readme.ts', 'mydocs/a.ts', 'md', ''];
	for (const path of others) it(`takes ${path || 'an empty path'} for none`, () => assert.ok(!isDocs(path)));

	it('answers for a path that would hold a backtracking engine up', () => {
		for (const filler of ['test_', '.test', '/', '.', '-test.', 'docs/']) {
			const path = filler.repeat(10_000);
			assert.equal(typeof isTest(path), 'boolean');
			assert.equal(typeof isDocs(path), 'boolean');
		}
	});
});
