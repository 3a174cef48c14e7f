import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../userError.ts';
import type { Finding } from './finding.ts';
import { parseFindings } from './parseFindings.ts';

function read(report: unknown): Finding[] {
	return parseFindings(JSON.stringify(report), 'findings.json');
}

/** A semgrep report with one finding. */
function semgrep(extra: object, path = 'src/cart.py'): unknown {
	return { version: '1.90.0', errors: [], results: [{ check_id: 'py.sqli', path, start: { line: 3 }, extra }] };
}

/** A SARIF log with one result of one rule. */
function sarif(result: object, rule: object = {}): unknown {
	const place = { physicalLocation: { artifactLocation: { uri: 'src/cart.ts' }, region: { startLine: 3 } } };
	const rules = [{ id: 'js/sqli', ...rule }];
	return {
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'CodeQL', rules } },
				results: [{ ruleId: 'js/sqli', message: { text: 'Bad' }, locations: [place], ...result }],
			},
		],
	};
}

describe('parseFindings', () => {
	describe('semgrep JSON', () => {
		it('reads rule, severity and path', () => {
			assert.deepEqual(read(semgrep({ severity: 'ERROR' })), [
				{ rule: 'py.sqli', severity: 'high', path: 'src/cart.py' },
			]);
		});
		it('knows the older and the newer words for severities', () => {
			const pairs = [
				['CRITICAL', 'critical'],
				['HIGH', 'high'],
				['ERROR', 'high'],
				['MEDIUM', 'medium'],
				['WARNING', 'medium'],
				['LOW', 'low'],
				['INFO', 'low'],
			];
			for (const [word, severity] of pairs)
				assert.equal(read(semgrep({ severity: word }))[0]?.severity, severity, word);
		});
		it('leaves out what is ignored, and what is about something else', () => {
			assert.deepEqual(read(semgrep({ severity: 'ERROR', is_ignored: true })), []);
			assert.deepEqual(read(semgrep({ severity: 'ERROR', metadata: { category: 'best-practice' } })), []);
			assert.equal(read(semgrep({ severity: 'ERROR', metadata: { category: 'security' } })).length, 1);
		});
		it('reads Windows paths', () => {
			assert.equal(read(semgrep({ severity: 'LOW' }, '.\\src\\cart.py'))[0]?.path, 'src/cart.py');
		});
		it('refuses a finding without a severity that it knows, with its place', () => {
			assert.throws(() => read(semgrep({ severity: 'AWFUL' })), /results\[0\]\.extra\.severity/);
			assert.throws(() => read({ results: ['x'] }), /results\[0\]/);
		});
	});

	describe('SARIF', () => {
		it('reads rule, severity and path', () => {
			assert.deepEqual(read(sarif({ level: 'error' })), [{ rule: 'js/sqli', severity: 'high', path: 'src/cart.ts' }]);
		});
		it("takes the result's level, else the rule's, else a warning", () => {
			const rule = { defaultConfiguration: { level: 'note' } };
			assert.equal(read(sarif({ level: 'error' }, rule))[0]?.severity, 'high');
			assert.equal(read(sarif({}, rule))[0]?.severity, 'low');
			assert.equal(read(sarif({}))[0]?.severity, 'medium');
		});
		it("goes by the rule's security-severity before any level, in GitHub's ranges", () => {
			const pairs = [
				['9.8', 'critical'],
				['9.0', 'critical'],
				['8.9', 'high'],
				['7.0', 'high'],
				['4.0', 'medium'],
				['0.1', 'low'],
			];
			for (const [score, severity] of pairs) {
				const rule = { properties: { 'security-severity': score, tags: ['correctness'] } };
				assert.equal(read(sarif({ level: 'note' }, rule))[0]?.severity, severity, score);
			}
		});
		it('finds the rule by index, and in an extension', () => {
			const severe = { id: 'x/1', properties: { 'security-severity': '9.9' } };
			const byIndex = { runs: [{ tool: { driver: { rules: [severe] } }, results: [{ ruleIndex: 0 }] }] };
			const extended = { runs: [{ tool: { extensions: [{ rules: [severe] }] }, results: [{ rule: { id: 'x/1' } }] }] };
			for (const log of [byIndex, extended]) assert.deepEqual(read(log), [{ rule: 'x/1', severity: 'critical' }]);
		});
		it('leaves out rules that are about something else than security', () => {
			assert.deepEqual(read(sarif({ level: 'error' }, { properties: { tags: ['style'] } })), []);
			assert.deepEqual(read(sarif({ level: 'error' }, { properties: { category: 'Best Practices' } })), []);
			assert.equal(read(sarif({ level: 'error' }, { properties: { tags: ['style', 'Security'] } })).length, 1);
		});
		it('leaves out what passed, what was there before and what was suppressed', () => {
			for (const result of [{ kind: 'pass' }, { baselineState: 'unchanged' }, { baselineState: 'absent' }]) {
				assert.deepEqual(read(sarif(result)), []);
			}
			assert.deepEqual(read(sarif({ suppressions: [{ kind: 'inSource' }] })), []);
			assert.equal(read(sarif({ suppressions: [{ kind: 'external', status: 'rejected' }] })).length, 1);
			assert.equal(read(sarif({ kind: 'fail', baselineState: 'new', suppressions: [] })).length, 1);
		});
		it('reads the paths that tools write', () => {
			const pairs = [
				['file:///build/shop/a%20b.ts', '/build/shop/a b.ts'],
				['file:///C:/shop/a.ts', 'C:/shop/a.ts'],
				['./src/a.ts', 'src/a.ts'],
				['100%.ts', '100%.ts'],
			];
			for (const [uri, path] of pairs) {
				const locations = [{ physicalLocation: { artifactLocation: { uri } } }];
				assert.equal(read(sarif({ locations }))[0]?.path, path);
			}
		});
		it('takes a name or a score of the wrong type for none', () => {
			const odd = { toString: '' };
			const log = sarif({ ruleId: odd }, { properties: { 'security-severity': odd } });
			assert.deepEqual(read(log), [{ rule: '', severity: 'medium', path: 'src/cart.ts' }]);
		});
		it('refuses runs and results that are none, with their place', () => {
			assert.throws(() => read({ runs: [3] }), /runs\[0\]/);
			assert.throws(() => read({ runs: [{ results: [null] }] }), /runs\[0\]\.results\[0\]/);
		});
	});

	it('finds nothing in a report without findings', () => {
		assert.deepEqual(read({ results: [] }), []);
		assert.deepEqual(read({ runs: [{ tool: { driver: { name: 'x' } }, results: [] }] }), []);
	});
	it('refuses what is no report, or cut off, with a sentence that names the file', () => {
		for (const text of ['', '{', '[]', '3', '{"findings": []}', JSON.stringify(sarif({})).slice(0, -5)]) {
			assert.throws(() => parseFindings(text, 'findings.json'), {
				name: 'UserError',
				message: /^findings\.json .*\.$/,
			});
		}
	});
	it('never fails but with a sentence, whatever the report', () => {
		const member = fc.oneof(
			fc.jsonValue(),
			fc.constantFrom('ERROR', 'x/1', 'file://%', -1, 'fail', [{ id: 'x/1' }], [{ properties: { tags: [3] } }]),
		);
		const result = fc.record(
			{
				ruleId: member,
				ruleIndex: member,
				rule: member,
				level: member,
				locations: member,
				extra: member,
				path: member,
			},
			{ requiredKeys: [] },
		);
		const extra = fc.record({ severity: member, metadata: member, is_ignored: member }, { requiredKeys: [] });
		const report = fc.oneof(
			fc.record({ results: fc.array(fc.oneof(result, fc.record({ extra, path: member }))) }),
			fc.record({
				runs: fc.array(
					fc.record({
						tool: fc.oneof(member, fc.record({ driver: fc.record({ rules: member }) })),
						results: fc.oneof(member, fc.array(result)),
					}),
				),
			}),
		);
		fc.assert(
			fc.property(report, (value) => {
				try {
					for (const { rule } of read(value)) assert.equal(typeof rule, 'string');
				} catch (error) {
					if (!(error instanceof UserError)) throw error;
				}
			}),
			{ numRuns: 500 },
		);
	});
});
