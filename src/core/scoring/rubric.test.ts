import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BUILT_IN_RUBRIC } from './rubric.ts';

describe('the built-in rubric', () => {
	it('is the one that docs/scoring.md shows', () => {
		const cells = readFileSync(path.resolve('docs/scoring.md'), 'utf8')
			.split('\n')
			.map((line) => line.split('|').map((cell) => cell.trim()));
		const points = (name: string): number | undefined => {
			const row = cells.find((line) => line.length > 5 && line.includes(`\`${name}\``));
			return row ? Number(row[row.indexOf(`\`${name}\``) + 1]) : undefined;
		};
		for (const [name, value] of Object.entries({ ...BUILT_IN_RUBRIC.weights, ...BUILT_IN_RUBRIC.penalties })) {
			assert.equal(points(name), value, name);
		}
		const decided = (decision: string): string | undefined => cells.find((line) => line[2] === `\`${decision}\``)?.[1];
		const { block, approve } = BUILT_IN_RUBRIC.thresholds;
		assert.equal(decided('BLOCK'), `below ${block}`);
		assert.equal(decided('REQUEST_CHANGES'), `${block} to ${approve}`);
		assert.equal(decided('APPROVE'), `above ${approve}`);
	});
});
