import type { Evidence } from './evidence.ts';
import type { Finding, Severity } from './finding.ts';
import type { Reason } from './reason.ts';

/** A critical finding holds the total at or below this. */
export const BLOCKED_TOTAL = -3;

/** What the security rule found. */
export interface SecurityJudgement {
	reasons: Reason[];
	/** A sentence: why the session must not pass, whatever else it earned. */
	blocker?: string;
}

/**
 * Points for security, from findings in the files of the net change: 2 with none, -1 with a high one, -3 and blocked
 * with a critical one. Without a report nobody looked, so there is nothing to reward.
 */
export function judgeSecurity(evidence: Evidence, findings?: readonly Finding[]): SecurityJudgement {
	if (!findings) return { reasons: [reason(0, 'No static analysis report was given, so security gives no points.')] };
	const here = placesOf(findings, evidence);
	const critical = here.filter((place) => place.finding.severity === 'critical');
	if (critical.length > 0) {
		const because = `${count(critical, 'critical')} in the changed files${examples(critical)}.`;
		const blocker = `${because.slice(0, -1)}: the total is at most ${BLOCKED_TOTAL}.`;
		return { reasons: [reason(-3, because, critical)], blocker };
	}
	const high = here.filter((place) => place.finding.severity === 'high');
	if (high.length > 0) {
		return { reasons: [reason(-1, `${count(high, 'high')} in the changed files${examples(high)}.`, high)] };
	}
	const medium = here.filter((place) => place.finding.severity === 'medium');
	if (medium.length > 0) {
		return { reasons: [reason(0, `${count(medium, 'medium')} in the changed files${examples(medium)}.`, medium)] };
	}
	if (evidence.product.every((file) => file.kind === 'D') && evidence.tests.length === 0) return { reasons: [] };
	return { reasons: [reason(2, 'Static analysis found nothing in the changed files.')] };
}

/** A finding and the changed file that it is in; no file where the report gives no place. */
interface Place {
	finding: Finding;
	path?: string;
}

/** What is wrong elsewhere was so before the session. What has no place cannot be told from that, and counts. */
function placesOf(findings: readonly Finding[], evidence: Evidence): Place[] {
	const find = fileFinder(evidence.files.filter((file) => file.kind !== 'D').map((file) => file.path));
	return findings.flatMap((finding): Place[] => {
		if (finding.path === undefined) return [{ finding }];
		const path = find(finding.path);
		return path === undefined ? [] : [{ finding, path }];
	});
}

/**
 * Tells the changed file that a report means. A report may give paths from the root of the machine, or from a folder
 * of the repository that the tool ran in; a bare name alone is not enough for the latter.
 */
function fileFinder(paths: readonly string[]): (reported: string) => string | undefined {
	const exact = new Set(paths);
	const byEnd = new Map<string, string>();
	for (const path of paths) {
		for (const end of endsOf(path)) if (end.includes('/') && !byEnd.has(end)) byEnd.set(end, path);
	}
	return (reported) => {
		if (exact.has(reported)) return reported;
		const isAbsolute = reported.startsWith('/') || /^[A-Za-z]:\//.test(reported);
		return isAbsolute ? endsOf(reported).find((end) => exact.has(end)) : byEnd.get(reported);
	};
}

/** `a/b/c` gives `b/c` and `c`. */
function endsOf(path: string): string[] {
	const ends: string[] = [];
	for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
		ends.push(path.slice(slash + 1));
	return ends;
}

function reason(points: number, because: string, places: readonly Place[] = []): Reason {
	const paths = [...new Set(places.flatMap((place) => place.path ?? []))].sort();
	return { category: 'security', points, because, ...(paths.length > 0 && { paths }) };
}

function count(places: readonly Place[], severity: Severity): string {
	return places.length === 1 ? `A ${severity} finding` : `${places.length} ${severity} findings`;
}

/** The names of up to three rules, cleaned: a report is not trusted to be free of markup. */
function examples(places: readonly Place[]): string {
	const names = places.map(({ finding }) => finding.rule.replace(/[^\w.:/-]/g, '').slice(0, 80));
	const shown = [...new Set(names)].filter((name) => name !== '').sort();
	return shown.length === 0 ? '' : ` (${shown.slice(0, 3).join(', ')}${shown.length > 3 ? ', …' : ''})`;
}
