import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The stage `host` takes its tests from here by itself. */
const HOST = 'test/host/';

describe('npm test', () => {
	it('runs every test that there is', () => {
		const listed = ['.mocharc.json', 'test/run.mjs'].flatMap((file) => [
			...readFileSync(file, 'utf8').matchAll(/["']((?:src|test)\/[^"'*]*)\*[^"']*\.test\.ts["']/g),
		]);
		const folders = [HOST, ...listed.map(([, folder]) => folder!)];
		const files = ['src', 'test'].flatMap((top) =>
			readdirSync(top, { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file.split(path.sep).join('/')}`),
		);
		const tests = files.filter((file) => /\.test\.tsx?$/.test(file));
		assert.ok(tests.length > 100);
		assert.deepEqual(
			tests.filter((file) => !folders.some((folder) => file.startsWith(folder)) || file.endsWith('x')),
			[],
		);
	});
});
