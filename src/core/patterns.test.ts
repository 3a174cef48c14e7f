import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { KEYS } from './configuration.ts';
import { compilePatterns, plainPrefix } from './patterns.ts';

const DEFAULTS = KEYS.auto_pr_patterns.value as readonly string[];

/** Whether any of the patterns takes a title. */
async function matches(sources: readonly string[], title: string): Promise<boolean> {
	const { patterns } = await compilePatterns(sources);
	return patterns.some((pattern) => pattern.test(title));
}

describe('compilePatterns', () => {
	it('takes the titles that the default patterns are for, in any case', async () => {
		for (const title of [
			'Auto-PR: lib (1 files)',
			'WIP: login',
			'[AUTO] sync',
			'checkpoint: 3',
			'Cursor-Session x',
			'🤖 sync',
		]) {
			assert.ok(await matches(DEFAULTS, title), title);
		}
	});

	it('takes no title that only contains or resembles one', async () => {
		for (const title of ['fix: auto-pr: x', 'wip', 'wip login', 'auto] sync', ' wip: x', 'robot 🤖', '']) {
			assert.ok(!(await matches(DEFAULTS, title)), title);
		}
	});

	it('keeps a pattern as it was written', async () => {
		assert.deepEqual(
			(await compilePatterns(['^wip:', 'a+'])).patterns.map(({ source }) => source),
			['^wip:', 'a+'],
		);
	});

	it('reads real patterns, with case ignored', async () => {
		assert.ok(await matches(['^(wip|tmp)(\\(.+\\))?:'], 'TMP(lib): x'));
		assert.ok(await matches(['sync$'], 'daily SYNC'));
		assert.ok(!(await matches(['^wip$'], 'wip: x')));
	});

	it('ignores case beyond ASCII, the Kelvin sign and the long s as RE2 does', async () => {
		assert.ok(await matches(['^kelvin:'], '\u212Aelvin: x'));
		assert.ok(await matches(['^session:'], 'se\u017Fsion: x'));
		assert.ok(await matches(['^ÄNDERUNG:'], 'änderung: x'));
		assert.ok(await matches(['^[k]elvin:'], '\u212Aelvin: x'));
	});

	it('takes emoji, also those of several characters', async () => {
		for (const emoji of ['🤖', '👩‍💻', '❤️', '🇩🇪']) {
			assert.ok(await matches([`^${emoji}`], `${emoji} sync`), emoji);
			assert.ok(!(await matches([`^${emoji}`], `x${emoji}`)), emoji);
		}
	});

	it('answers `^(a+)+$` on a title of 64 KiB', async () => {
		assert.equal(await matches(['^(a+)+$'], `${'a'.repeat(65_535)}!`), false);
		assert.equal(await matches(['^(a+)+$'], 'a'.repeat(65_536)), true);
	});

	it('leaves out what is invalid or unsupported, and says which and why', async () => {
		const { patterns, bad } = await compilePatterns(['^wip:', '(', '(?=x)', '(a)\\1', '[z-a]', 'a{1001}', '^ok']);
		assert.deepEqual(
			patterns.map(({ source }) => source),
			['^wip:', '^ok'],
		);
		assert.deepEqual(
			bad.map(({ index }) => index),
			[1, 2, 3, 4, 5],
		);
		for (const { reason } of bad) assert.ok(reason.length > 10, reason);
	});

	it('never throws, whatever is configured', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (sources) => {
				const { patterns, bad } = await compilePatterns(sources);
				assert.equal(patterns.length + bad.length, sources.length);
				for (const pattern of patterns) assert.equal(typeof pattern.test('wip: x'), 'boolean');
			}),
		);
	});

	it('loads no pattern engine for plain prefixes, so that the default ones cost nothing', async () => {
		const hook = `export function resolve(name, context, next) {
			if (name === 're2js') throw new Error('the engine was asked for');
			return next(name, context);
		}`;
		const script = `
			require('node:module').register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
			const { compilePatterns } = require('./src/core/patterns.ts');
			const { KEYS } = require('./src/core/configuration.ts');
			compilePatterns([...KEYS.auto_pr_patterns.value, 'a+']).then((answer) => console.log(JSON.stringify(answer)));
		`;
		const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '--eval', script]);
		const { patterns, bad } = JSON.parse(stdout);
		assert.equal(patterns.length, DEFAULTS.length);
		assert.deepEqual(bad, [{ index: DEFAULTS.length, reason: 'the engine was asked for' }]);
	});
});

describe('plainPrefix', () => {
	it('is the literal text of a pattern that asks for a beginning only', () => {
		assert.equal(plainPrefix('^wip:'), 'wip:');
		assert.equal(plainPrefix('^\\[auto\\]'), '[auto]');
		assert.equal(plainPrefix('^a\\.b\\\\c'), 'a.b\\c');
		assert.equal(plainPrefix('^🤖'), '🤖');
	});

	it('is none where the pattern asks for more or less', () => {
		for (const source of [
			'',
			'^',
			'wip',
			'^a.',
			'^a|b',
			'^a?',
			'^(a)',
			'^a$',
			'^\\d',
			'^^a',
			'^a{2}',
			'^[a]',
			'^a\\',
		]) {
			assert.equal(plainPrefix(source), undefined, source);
		}
	});

	it('decides as RE2 does, for any prefix and title', async () => {
		// Beyond ASCII the two fold a few letters differently (ß, final sigma), which nobody begins a title with.
		const letters = fc.string({ unit: fc.constantFrom(...'abKkSs:[]. -🤖\u212A\u017F') });
		await fc.assert(
			fc.asyncProperty(letters, letters, async (prefix, rest) => {
				fc.pre(prefix !== '');
				const source = `^${prefix.replace(/[\\.^$*+?()[\]{}|]/g, '\\$&')}`;
				const engine = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
				const { patterns } = await compilePatterns([source]);
				assert.notEqual(plainPrefix(source), undefined);
				for (const title of [prefix + rest, (prefix + rest).toUpperCase(), rest]) {
					assert.equal(patterns[0]!.test(title), engine.matcher(title).find(), title);
				}
			}),
		);
	});
});
