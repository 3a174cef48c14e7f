/** How long an operation of ours took once, or (`discard`) that a session which we found by ourselves was taken back. */
export interface Measurement {
	/** When it ended, ms UTC. */
	at: number;
	operation: Operation;
	/** ms; 0 for `discard`. */
	took: number;
}

/** What is measured: taking commits in, a change of the state, writing trailers to pull requests, scoring. */
const OPERATIONS = ['observe', 'update', 'publish', 'score', 'discard'] as const;

export type Operation = (typeof OPERATIONS)[number];

/** How an operation's durations lie. */
export interface OperationTimes {
	operation: Operation;
	times: number;
	/** ms. */
	median: number;
	/** ms: the 99th percentile, by the nearest rank. */
	p99: number;
}

/** So many of each operation are kept. */
const KEPT = 300;

/** One line of the file of measurements. */
export function measurementLine({ at, operation, took }: Measurement): string {
	return `${Math.round(at)} ${operation} ${took.toFixed(1)}`;
}

/** Reads the file, oldest first. A line that is not whole, or of another version, is left out. */
export function parseMeasurements(text: string): Measurement[] {
	return text.split('\n').flatMap((line) => {
		const [, at, name, took] = /^(\d{1,16}) ([a-z]{1,20}) (\d{1,12}(?:\.\d{1,3})?)\r?$/.exec(line) ?? [];
		const operation = OPERATIONS.find((known) => known === name);
		return operation ? [{ at: Number(at), operation, took: Number(took) }] : [];
	});
}

/** The newest of each operation, in their order. */
export function newestMeasurements(measurements: readonly Measurement[]): Measurement[] {
	const left = new Map<Operation, number>(OPERATIONS.map((operation) => [operation, KEPT]));
	return measurements
		.toReversed()
		.filter(({ operation }) => {
			const more = left.get(operation) ?? 0;
			left.set(operation, more - 1);
			return more > 0;
		})
		.reverse();
}

/** Median and 99th percentile of each operation that was measured. */
export function timesOf(measurements: readonly Measurement[]): OperationTimes[] {
	return OPERATIONS.filter((operation) => operation !== 'discard').flatMap((operation) => {
		const sorted = newestMeasurements(measurements)
			.filter((measurement) => measurement.operation === operation)
			.map(({ took }) => took)
			.sort((a, b) => a - b);
		if (sorted.length === 0) return [];
		return [{ operation, times: sorted.length, median: percentile(sorted, 50), p99: percentile(sorted, 99) }];
	});
}

/** By the nearest rank, so that each is a duration that was measured. */
function percentile(sorted: readonly number[], percent: number): number {
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
