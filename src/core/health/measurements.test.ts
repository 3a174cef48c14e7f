import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Measurement, measurementLine, newestMeasurements, parseMeasurements, timesOf } from './measurements.ts';

const took = (operation: Measurement['operation'], ...durations: number[]): Measurement[] =>
	durations.map((duration, at) => ({ at, operation, took: duration }));

describe('the durations of our own operations', () => {
	it('are read as they were written', () => {
		const measurements = [...took('observe', 12.3, 0.1), ...took('discard', 0)];
		assert.deepEqual(parseMeasurements(measurements.map(measurementLine).join('\n')), measurements);
	});

	it('leave out a line that is not whole, or of another version', () => {
		const text = '17 observe 5.0\n18 obser\n19 unheard 4.0\n20 observe NaN\n21 observe -1\n\0\n22 update 6.5';
		assert.deepEqual(
			parseMeasurements(text).map(({ at }) => at),
			[17, 22],
		);
	});

	it('never throw, whatever the file holds', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void timesOf(parseMeasurements(text))));
	});

	it('give the median and the 99th percentile by the nearest rank', () => {
		const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
		assert.deepEqual(timesOf(took('observe', ...hundred)), [{ operation: 'observe', times: 100, median: 50, p99: 99 }]);
		assert.deepEqual(timesOf(took('score', 7)), [{ operation: 'score', times: 1, median: 7, p99: 7 }]);
		assert.deepEqual(timesOf([]), []);
	});

	it('are each kept 300 times, the newest, so that a frequent one does not push a rare one out', () => {
		const many = [...took('discard', 0), ...took('observe', ...Array.from({ length: 400 }, (_, index) => index))];
		const kept = newestMeasurements(many);
		assert.equal(kept.length, 301);
		assert.deepEqual([kept[0]?.operation, kept[1]?.took, kept.at(-1)?.took], ['discard', 100, 399]);
	});
});
