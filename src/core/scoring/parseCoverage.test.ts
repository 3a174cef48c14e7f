import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../userError.ts';
import { parseCoverage } from './parseCoverage.ts';

/** The percentage that a report says. */
function read(text: string): number {
	return parseCoverage(text, 'coverage.out').percentage;
}

/** The sentence with which a report is refused. */
function refusal(text: string): string {
	try {
		read(text);
	} catch (error) {
		assert.ok(error instanceof UserError, String(error));
		assert.match(error.message, /^coverage\.out.*[^.]\.$/);
		return error.message;
	}
	return assert.fail('It was read.');
}

const LCOV = `TN:
SF:src/a.ts
FN:1,main
FNDA:1,main
FNF:1
FNH:1
DA:1,4
DA:2,0
LF:2
LH:1
end_of_record
SF:src/b.ts
DA:1,0
DA:2,0
LF:2
LH:0
end_of_record
`;

const COBERTURA = `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<!-- made with <coverage line-rate="1"> in mind -->
<coverage version="7.4" timestamp="1" lines-valid="200" lines-covered="150" line-rate="0.75" branch-rate="0">
	<packages><package name="a" line-rate="0.1"/></packages>
</coverage>
`;

const SUMMARY = JSON.stringify({
	total: {
		lines: { total: 2270, covered: 1826, skipped: 0, pct: 80.44 },
		statements: { total: 1, covered: 0, pct: 0 },
	},
	'/src/a.ts': { lines: { total: 1, covered: 1, skipped: 0, pct: 100 } },
});

const at = (line: number): object => ({ start: { line, column: 0 }, end: { line, column: 9 } });

const FINAL = JSON.stringify({
	'/src/a.ts': {
		path: '/src/a.ts',
		statementMap: { 0: at(1), 1: at(1), 2: at(2), 3: at(3) },
		s: { 0: 0, 1: 3, 2: 0, 3: 1 },
	},
	'/src/b.ts': { path: '/src/b.ts', statementMap: { 0: at(1) }, s: { 0: 0 } },
});

describe('parseCoverage', () => {
	it('reads lcov', () => {
		assert.equal(read(LCOV), 25);
	});
	it('reads lcov with Windows line ends and a byte order mark', () => {
		assert.equal(read(`\ufeff${LCOV.replaceAll('\n', '\r\n')}`), 25);
	});
	it('counts the lines of lcov where the tool gives no sums', () => {
		assert.equal(read('SF:a\nDA:1,2\nDA:2,0\nDA:3,-1\nDA:4,1,hash\nend_of_record'), 50);
	});
	it('reads cobertura by its counts, and by its rate where it has none', () => {
		assert.equal(read(COBERTURA), 75);
		assert.equal(read('<coverage line-rate="0.5"/>'), 50);
		assert.equal(read("<!DOCTYPE coverage [<!ENTITY a 'b'>]>\n<coverage line-rate='1'></coverage>"), 100);
	});
	it('reads the JSON summary of istanbul', () => {
		assert.ok(Math.abs(read(SUMMARY) - 80.44) < 0.01);
	});
	it('reads the final JSON of istanbul by line: one is covered when a statement in it ran', () => {
		assert.equal(read(FINAL), 50);
	});
	it('reads percentages by part, and takes the mean of those that were measured', () => {
		assert.equal(read('{"frontend": {"percentage": 40}, "backend": {"percentage": 80}}'), 60);
		assert.equal(read('{"frontend": {"percentage": 40}, "backend": {"percentage": null}, "updated": "today"}'), 40);
	});
	it('tells zero coverage from none', () => {
		assert.equal(read('{"frontend": {"percentage": 0}, "backend": {"percentage": 0}}'), 0);
		assert.equal(read('SF:a\nDA:1,0\nend_of_record\n'), 0);
		assert.match(refusal('{"frontend": {"percentage": null}}'), /no percentage/);
		assert.match(refusal('TN:\n'), /measured no line/);
		assert.match(refusal('<coverage lines-valid="0" lines-covered="0" line-rate="1"/>'), /measured no line/);
		assert.match(refusal(' \n'), /is empty/);
	});
	it('refuses a report that was cut off', () => {
		assert.match(refusal(LCOV.slice(0, -20)), /cut off/);
		assert.match(refusal(COBERTURA.slice(0, -10)), /cut off/);
		assert.match(refusal(SUMMARY.slice(0, -10)), /not complete JSON/);
	});
	it('refuses counts that cannot be', () => {
		assert.match(refusal('SF:a\nLF:1\nLH:2\nend_of_record'), /2 of 1 lines/);
		assert.match(refusal('SF:a\nLF:x\nend_of_record'), /coverage\.out:2/);
		assert.match(refusal('SF:a\nDA:1\nend_of_record'), /coverage\.out:2/);
		assert.match(refusal('SF:a\nSF:b\nend_of_record'), /coverage\.out:2/);
		assert.match(refusal('<coverage line-rate="7"/>'), /line-rate/);
		assert.match(refusal('<coverage line-rate="NaN"/>'), /line-rate/);
		assert.match(refusal('{"total": {"lines": {"total": "all", "covered": 1}}}'), /total\.lines/);
		assert.match(refusal('{"a": {"statementMap": {"0": {}}, "s": {"0": 1}}}'), /statement/);
		assert.match(refusal('{"frontend": {"percentage": 140}}'), /"frontend"/);
	});
	it('refuses reports of other kinds', () => {
		for (const text of [
			'<report name="jacoco"/>',
			'<coverage generated="1" clover="3"/>',
			'{"a": 1}',
			'[]',
			'hello',
			'<!--',
		]) {
			refusal(text);
		}
	});
	it('takes time in proportion to the text, not to its square', () => {
		// Each would not end within the test's time limit if a search started over at each place.
		refusal(`<coverage ${'line-rate '.repeat(400_000)}`);
		refusal('<!-- '.repeat(400_000));
		refusal('<!DOCTYPE '.repeat(400_000));
		refusal(`{"a":${'['.repeat(100_000)}`);
		refusal(`SF:a\n${'DA:1,'.repeat(400_000)}`);
	});
	it('never fails but with a sentence, and never leaves 0 to 100, whatever the text', () => {
		const damaged = fc
			.tuple(fc.constantFrom(LCOV, COBERTURA, SUMMARY, FINAL), fc.nat(600), fc.nat(30), fc.string())
			.map(([text, from, length, put]) => text.slice(0, from) + put + text.slice(from + length));
		const lines = fc.array(fc.constantFrom('SF:a', 'DA:1,1', 'DA:2,0', 'LF:9', 'LH:3', 'end_of_record', 'TN:', 'x'));
		const any = fc.oneof(
			damaged,
			fc.string({ unit: 'binary' }),
			fc.json(),
			lines.map((all) => all.join('\n')),
		);
		fc.assert(
			fc.property(any, (text) => {
				try {
					const percentage = read(text);
					assert.ok(percentage >= 0 && percentage <= 100, String(percentage));
				} catch (error) {
					if (!(error instanceof UserError)) throw error;
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
