import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Configuration, defaultConfiguration, KEYS } from './configuration.ts';
import { parseConfiguration } from './configurationFile.ts';

/** What was wrong, as `line:column sentence`. */
const problemsOf = (text: string) =>
	parseConfiguration(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

/** What differs from the default. */
function changesOf(text: string): Partial<Configuration> {
	const defaults = defaultConfiguration();
	const entries = Object.entries(parseConfiguration(text).configuration);
	const differs = ([key, value]: [string, unknown]) =>
		JSON.stringify(value) !== JSON.stringify(defaults[key as keyof Configuration]);
	return Object.fromEntries(entries.filter(differs));
}

describe('parseConfiguration', () => {
	it('reads every key', () => {
		const text = [
			'timeout_minutes: 45',
			'idle_warning_minutes: 20',
			'heuristic_quiet_minutes: 6',
			'anchored_timeout_hours: 24',
			'auto_pr_patterns: ["^tmp:"]',
			'completion_markers:',
			'  - fertig # und Schluss',
			"agents: ['Acme Agent']",
			'min_files_for_manual: 3',
			'enable_small_pr_heuristic: true',
			'enable_timeout_completion: false',
			'enable_heuristic_completion: false',
			'commit_analytics: true',
			'rolling_pull_request: true',
		].join('\n');
		assert.deepEqual(problemsOf(text), []);
		assert.deepEqual(Object.keys(changesOf(text)).sort(), Object.keys(KEYS).sort());
		assert.deepEqual(changesOf(text).completion_markers, ['fertig']);
	});

	it('is the default for a file that is empty, blank or only comments', () => {
		for (const text of ['', '\n\n', '# timeout_minutes: 5\n', '---\n', '~', '\uFEFF', '{}']) {
			assert.deepEqual(problemsOf(text), [], JSON.stringify(text));
			assert.deepEqual(changesOf(text), {});
		}
	});

	it('reads CRLF and a byte order mark', () => {
		const text = '\uFEFFtimeout_minutes: 60\r\nidle_warning_minutes: 30\r\n';
		assert.deepEqual(problemsOf(text), []);
		assert.deepEqual(changesOf(text), { timeout_minutes: 60, idle_warning_minutes: 30 });
	});

	describe('reports at line and column, uses the default and reads on', () => {
		const rest = 'min_files_for_manual: 9';
		const cases: [what: string, line: string, problem: string][] = [
			[
				'a number that is text',
				'timeout_minutes: "45"',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number that is a word',
				'timeout_minutes: soon',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number that is a list',
				'timeout_minutes: [45]',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number that is too small',
				'timeout_minutes: 4',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number that is too large',
				'timeout_minutes: 121',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number below nothing',
				'timeout_minutes: -30',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number that is none',
				'timeout_minutes: .nan',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a number without end',
				'timeout_minutes: .inf',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a value that is missing',
				'timeout_minutes:',
				'1:17 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
			[
				'a switch that is a number',
				'commit_analytics: 1',
				'1:19 commit_analytics must be true or false; false is used.',
			],
			[
				'a switch that is a word',
				'commit_analytics: yes',
				'1:19 commit_analytics must be true or false; false is used.',
			],
			['a list that is a text', 'agents: Acme', '1:9 agents must be a list of texts; the default list is used.'],
			['a list that is missing', 'agents:', '1:8 agents must be a list of texts; the default list is used.'],
			['an entry that is no text', 'agents: [Acme, 5]', '1:16 An entry of agents is not a text, so it is left out.'],
			['an entry that is empty', 'agents: [Acme, ""]', '1:16 An entry of agents is not a text, so it is left out.'],
			[
				'a key that is nearly one',
				'timeout_minute: 45',
				'1:1 There is no key timeout_minute. Did you mean timeout_minutes?',
			],
			['a key in capitals', 'Agents: [x]', '1:1 There is no key Agents. Did you mean agents?'],
			['a key that is unknown', 'colour: red', '1:1 There is no key colour, so it has no effect.'],
			['a key that every object has', '__proto__: {}', '1:1 There is no key __proto__, so it has no effect.'],
			[
				'a key that is a list',
				'? [a]\n: 1',
				'1:3 A key must be one of the words of the reference, so this has no effect.',
			],
			['a tag', 'timeout_minutes: !!js/function 45', '1:18 Unresolved tag: tag:yaml.org,2002:js/function'],
			['a NUL byte', 'timeout_minutes: 45\0', '1:18 timeout_minutes must be a number from 5 to 120; 30 is used.'],
			['a merge', '<<: { timeout_minutes: 45 }', '1:1 There is no key <<, so it has no effect.'],
			[
				'an alias that points nowhere',
				'timeout_minutes: *x',
				'1:18 timeout_minutes must be a number from 5 to 120; 30 is used.',
			],
		];
		for (const [what, line, problem] of cases) {
			it(what, () => {
				const text = `${line}\n${rest}\n`;
				assert.equal(problemsOf(text)[0], problem);
				const { agents, ...changed } = changesOf(text);
				assert.deepEqual(changed, { min_files_for_manual: 9 });
				if (agents) assert.deepEqual(agents, ['Acme']);
			});
		}
	});

	it('keeps good entries of a list beside bad ones, and knows where each of them stands', () => {
		const { configuration, placeOf } = parseConfiguration('agents: []\nauto_pr_patterns:\n  - 5\n  - "^a"\n  - "("\n');
		assert.deepEqual(configuration.auto_pr_patterns, ['^a', '(']);
		assert.deepEqual(placeOf('auto_pr_patterns', 1), { line: 5, column: 5 });
		assert.deepEqual(placeOf('auto_pr_patterns', 9), { line: 1, column: 1 });
		assert.deepEqual(placeOf('completion_markers', 0), { line: 1, column: 1 });
	});

	it('takes the last of two lines with one key, and says so', () => {
		const text = 'timeout_minutes: 40\ntimeout_minutes: 50\n';
		assert.deepEqual(problemsOf(text), ['2:1 timeout_minutes stands here again; the last one counts.']);
		assert.equal(changesOf(text).timeout_minutes, 50);
	});

	it('says where a tab stands', () => {
		assert.deepEqual(problemsOf('agents:\n\t- Acme\n')[0], '2:1 Tabs are not allowed as indentation');
	});

	it('says where a quote or bracket is not closed', () => {
		assert.match(problemsOf('agents: ["Acme\ntimeout_minutes: 40\n')[0]!, /^\d:\d+ Missing closing "quote$/);
	});

	it('says that a file that is no map is not used', () => {
		for (const text of ['- a\n- b', 'hello', '5']) {
			const problem = '1:1 The file is not a list of `key: value` lines, so the defaults are used.';
			assert.deepEqual(problemsOf(text), [problem]);
			assert.deepEqual(changesOf(text), {});
		}
	});

	it('reads the first of two documents, and says so', () => {
		const text = 'timeout_minutes: 40\n---\ntimeout_minutes: 50\n';
		assert.deepEqual(problemsOf(text), ['2:1 A second document begins here; only the first one counts.']);
		assert.equal(changesOf(text).timeout_minutes, 40);
	});

	it('lists problems from top to bottom', () => {
		const lines = parseConfiguration('x: 1\ntimeout_minutes: 1\ny: 1\ncommit_analytics: 1\n').problems.map(
			({ line }) => line,
		);
		assert.deepEqual(lines, [1, 2, 3, 4]);
	});

	it('puts nothing into a message that moves a cursor or turns text around', () => {
		for (const text of ['"\\e[2Jx": 1', '"a\\u202Eb": 1', 'a\u009bb: 1', '"a\\nb": 1']) {
			for (const problem of problemsOf(text)) assert.match(problem, /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u);
		}
	});

	describe('the idle warning comes before the timeout', () => {
		it('halves the timeout where the file has it the wrong way round', () => {
			const text = 'timeout_minutes: 20\nidle_warning_minutes: 25\n';
			assert.deepEqual(problemsOf(text), [
				'2:23 idle_warning_minutes (25) must be below timeout_minutes (20); 10 is used.',
			]);
			assert.deepEqual(changesOf(text), { timeout_minutes: 20, idle_warning_minutes: 10 });
		});

		it('adapts the default without a word when only the timeout was shortened', () => {
			assert.deepEqual(problemsOf('timeout_minutes: 10'), []);
			assert.deepEqual(changesOf('timeout_minutes: 10'), { timeout_minutes: 10, idle_warning_minutes: 5 });
		});
	});

	describe('a hostile file', () => {
		it('does not grow by aliases, which are not followed', () => {
			const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
			for (let level = 1; level < 40; level++) {
				const above = level === 1 ? 'a' : `l${level - 1}`;
				bomb.push(`l${level}: &l${level} [${Array(9).fill(`*${above}`).join(', ')}]`);
			}
			bomb.push('auto_pr_patterns: *l39');
			assert.deepEqual(changesOf(bomb.join('\n')), {});
			assert.match(problemsOf(bomb.join('\n')).at(-1)!, /^41:19 auto_pr_patterns must be a list of texts/);
		});

		it('is reported when it is nested too deeply', () => {
			for (const text of [`agents: ${'['.repeat(1200)}`, `agents: ${'['.repeat(1200)}${']'.repeat(1200)}`]) {
				const problem = parseConfiguration(text).problems.some(({ message }) =>
					message.startsWith('This is nested too deeply'),
				);
				assert.ok(problem);
			}
		});

		it('is answered when it has thousands of keys', () => {
			const text = Array.from({ length: 2000 }, (_, index) => `k${index}: *a`).join('\n');
			assert.equal(parseConfiguration(text).problems.length, 2000);
		});

		it('is not read when it is longer than any configuration', () => {
			const text = `timeout_minutes: 40\n#${'x'.repeat(65_536)}`;
			assert.deepEqual(problemsOf(text), [
				'1:1 The file has 65557 characters, more than the 65536 that are read, so the defaults are used.',
			]);
			assert.deepEqual(changesOf(text), {});
		});

		it('has of a long key only the beginning in its message', () => {
			assert.ok(problemsOf(`${'k'.repeat(1000)}: 1`).every((problem) => problem.length < 120));
		});
	});

	it('gives a usable configuration for any text, with every problem inside the file', () => {
		const keys = fc.constantFrom(...Object.keys(KEYS), 'x', '? ', '- ', '&a', '*a', '<<');
		const values = fc.constantFrom(
			'5',
			'"',
			'[',
			']',
			'{',
			'|',
			'true',
			'~',
			'\t',
			' - a',
			'!!x',
			'1e999',
			'.nan',
			'\0',
			'*a',
			'&a [x]',
		);
		const lines = fc
			.array(fc.tuple(keys, values).map(([key, value]) => `${key}: ${value}`))
			.map((all) => all.join('\n'));
		fc.assert(
			fc.property(fc.oneof(lines, fc.string({ unit: 'binary' })), (text) => {
				const { configuration, problems } = parseConfiguration(text);
				assert.deepEqual(Object.keys(configuration).sort(), Object.keys(KEYS).sort());
				assert.ok(configuration.idle_warning_minutes < configuration.timeout_minutes);
				for (const [key, spec] of Object.entries(KEYS)) {
					const value = configuration[key as keyof Configuration];
					if (spec.kind === 'number') assert.ok(typeof value === 'number' && value <= spec.max, key);
					else if (spec.kind === 'boolean') assert.equal(typeof value, 'boolean');
					else assert.ok(Array.isArray(value) && value.every((item) => typeof item === 'string'));
				}
				const count = text.split('\n').length;
				for (const { line, column } of problems) assert.ok(line >= 1 && line <= count + 1 && column >= 1);
			}),
			{ numRuns: 200 },
		);
	});
});
