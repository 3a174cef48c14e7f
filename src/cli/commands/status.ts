import path from 'node:path';
import { glance } from '../../app/glance.ts';
import type { CommonOptions } from '../output.ts';
import { tellProblems } from '../problems.ts';
import { showStatus } from '../showStatus.ts';

/** Asked again and again by prompts and status lines, mostly when nothing happened: then it only reads, and loads no code for more. */
export async function status(options: CommonOptions): Promise<number> {
	const now = Date.now();
	const seen = await glance(path.resolve(options.repo), now);
	// Where none runs, the last one is told of, from the archive.
	const isAll = seen && (seen.overview.here || options.json);
	if (!isAll) return (await import('./statusInFull.ts')).statusInFull(options);
	tellProblems(seen.settled.problems);
	return showStatus(options, seen.overview, seen.settled.rules, now);
}
