import { type Evidence, pathsOf } from './evidence.ts';
import { isPerformanceTest } from './pathKinds.ts';
import type { Reason } from './reason.ts';

/** This many lines of code that work on performance count as much as a test of it. */
const MANY_MENTIONS = 3;

/** What code that works on performance calls things. */
const MENTION =
	/cache|memoi[sz]e|useMemo|useCallback|debounce|throttle|prefetch|preload|lazy|bulk|batch|Promise\.all|asyncio\.gather|select_related|connection_?pool/i;

/** Points for performance: 1 for a test of it or three lines of code about it, 0.5 for one such line. */
export function performancePoints(evidence: Evidence): Reason[] {
	const tests = evidence.files.filter((file) => isPerformanceTest(file.path) && evidence.gainedCode(file));
	if (tests.length > 0) {
		return [{ category: 'performance', points: 1, because: 'Performance tests.', paths: pathsOf(tests) }];
	}
	let mentions = 0;
	const paths: string[] = [];
	for (const file of evidence.code) {
		const found = evidence.linesOf(file).filter((line) => MENTION.test(line)).length;
		mentions += found;
		if (found > 0) paths.push(file.path);
	}
	if (mentions === 0) return [];
	const because =
		mentions === 1
			? 'Code about performance (caching, batching, lazy loading), in 1 line.'
			: `Code about performance (caching, batching, lazy loading), in ${mentions} lines.`;
	return [{ category: 'performance', points: mentions >= MANY_MENTIONS ? 1 : 0.5, because, paths }];
}
