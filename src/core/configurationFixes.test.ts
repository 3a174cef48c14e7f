import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KEYS } from './configuration.ts';
import { parseConfiguration } from './configurationFile.ts';
import { placeProblems } from './configurationFixes.ts';

function placed(text: string) {
	const { problems, configuration } = parseConfiguration(text);
	return placeProblems(text, problems, configuration);
}

/** What each problem underlines, and the file after each of its fixes. */
function offers(text: string): { underlined: string; after: [string, string][] }[] {
	return placed(text).map(({ span, fixes }) => ({
		underlined: text.slice(span.start, span.end),
		after: fixes.map(({ kind, edit }) => [kind, text.slice(0, edit.start) + edit.text + text.slice(edit.end)]),
	}));
}

describe('what an editor offers for a problem of the configuration', () => {
	const cases: [what: string, text: string, underlined: string, after: [string, string][]][] = [
		[
			'a number out of bounds: the value that is used anyway',
			'timeout_minutes: 500 # long\nagents: [a]\n',
			'500',
			[
				['use', 'timeout_minutes: 30 # long\nagents: [a]\n'],
				['remove key', 'agents: [a]\n'],
			],
		],
		[
			'a key without a value',
			'timeout_minutes:\nagents: [a]\n',
			'timeout_minutes',
			[
				['use', 'timeout_minutes: 30\nagents: [a]\n'],
				['remove key', 'agents: [a]\n'],
			],
		],
		[
			'a list in place of a number',
			'timeout_minutes:\n  - 5\n  - 6\nagents: [a]\n',
			'- 5',
			[
				['use', 'timeout_minutes:\n  30\nagents: [a]\n'],
				['remove key', 'agents: [a]\n'],
			],
		],
		[
			'a warning that would come after the end: half of the timeout, as is used',
			'timeout_minutes: 20\nidle_warning_minutes: 25',
			'25',
			[
				['use', 'timeout_minutes: 20\nidle_warning_minutes: 10'],
				['remove key', 'timeout_minutes: 20\n'],
			],
		],
		[
			'a key with a slip of the pen',
			'timeout_minuts: 40\n',
			'timeout_minuts',
			[
				['rename', 'timeout_minutes: 40\n'],
				['remove key', ''],
			],
		],
		['a key that is like none', 'a: 1\r\nzebra:\r\n  - x\r\n', 'a', [['remove key', 'zebra:\r\n  - x\r\n']]],
		[
			'a key that stands twice: the one without effect goes',
			'timeout_minutes: 40\nagents: [a]\ntimeout_minutes: 50\n',
			'timeout_minutes',
			[['remove key', 'agents: [a]\ntimeout_minutes: 50\n']],
		],
		['a text in place of a list', 'agents: Acme\n', 'Acme', [['remove key', '']]],
		[
			'an entry that is no text, in a list of lines',
			'agents:\n  - Acme\n  - 7\n  - Bolt\n',
			'7',
			[['remove entry', 'agents:\n  - Acme\n  - Bolt\n']],
		],
		['the same in brackets', 'agents: [Acme, 7, Bolt]\n', '7', [['remove entry', 'agents: [Acme, Bolt]\n']]],
		['the last in brackets', 'agents: [Acme, 7]\n', '7', [['remove entry', 'agents: [Acme]\n']]],
		['the only entry', 'agents:\n  - 7\n', '7', [['remove key', '']]],
		['a map in braces, which is left to the user', '{zebra: 1}', 'zebra', []],
		['what is no YAML', 'agents: [a\n', '', []],
		['a file that is no map', '- a\n', '- a', []],
	];
	for (const [what, text, underlined, after] of cases) {
		it(what, () => {
			const [first] = offers(text);
			assert.deepEqual(first, { underlined, after });
		});
	}

	it('places a pattern that RE2 refuses, which only its compiler finds', () => {
		const text = 'auto_pr_patterns:\n  - "^wip:"\n  - "(?=x)"\n';
		const { configuration, placeOf } = parseConfiguration(text);
		const at = placeOf('auto_pr_patterns', 1);
		const [problem] = placeProblems(
			text,
			[{ ...at, key: 'auto_pr_patterns', message: 'It is left out.' }],
			configuration,
		);
		assert.equal(text.slice(problem!.span.start, problem!.span.end), '"(?=x)"');
		assert.deepEqual(problem?.fixes[0]?.edit, { start: 30, end: text.length, text: '' });
	});

	it('underlines the beginning of a file that is too long, without reading it', () => {
		const [problem] = placed(`#${'x'.repeat(70_000)}\n`);
		assert.equal(problem?.span.start, 0);
		assert.deepEqual(problem?.fixes, []);
	});

	it('mends: after the first fix, again and again, nothing of that kind is left', () => {
		const value = fc.oneof(
			fc.constantFrom('', ' 500', ' true', ' [a, 1]', ' "x"', '\n  - 1\n  - b', '\n  - 1', ' {a: 1}', ' ~ # note'),
		);
		const key = fc.constantFrom(...Object.keys(KEYS), 'timeout_minuts', 'zebra', 'a');
		const file = fc.array(fc.tuple(key, value), { maxLength: 6 });
		fc.assert(
			fc.property(file, fc.constantFrom('\n', '\r\n'), (entries, eol) => {
				let text = entries.map(([name, given]) => `${name}:${given}`.replaceAll('\n', eol) + eol).join('');
				for (let rounds = 0; rounds < 40; rounds++) {
					const fix = placed(text).find(({ fixes }) => fixes.length > 0)?.fixes[0];
					if (!fix) break;
					text = text.slice(0, fix.edit.start) + fix.edit.text + text.slice(fix.edit.end);
				}
				assert.deepEqual(parseConfiguration(text).problems, [], text);
			}),
		);
	});

	it('never throws, and never underlines beyond the file', () => {
		const line = fc.oneof(
			fc.string(),
			fc.constantFrom('timeout_minutes: 500', 'agents:', '- 7', '{', ']', '? a', '&a *a'),
		);
		fc.assert(
			fc.property(fc.array(line), (lines) => {
				const text = lines.join('\n');
				for (const { span, fixes } of placed(text)) {
					assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
					for (const { edit } of fixes) assert.ok(0 <= edit.start && edit.start <= edit.end && edit.end <= text.length);
				}
			}),
		);
	});
});
