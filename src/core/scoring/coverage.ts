import { UserError } from '../userError.ts';
import { round } from './round.ts';

/** How much of the code the tests run. */
export interface CoverageReport {
	/** Covered lines in percent, 0 to 100. */
	percentage: number;
}

/** A share of lines in percent. Throws a UserError where no line was measured, or more were covered than there are. */
export function shareOf(covered: number, total: number, name: string): number {
	if (total === 0) throw new UserError(`${name} measured no line; check that the tests ran with coverage on.`);
	if (covered > total)
		throw new UserError(`${name} says that ${covered} of ${total} lines are covered; write it again.`);
	return (covered / total) * 100;
}

/** "12.5 %". */
export function percent({ percentage }: CoverageReport): string {
	return `${round(percentage, 1)} %`;
}
