import { type Evidence, pathsOf } from './evidence.ts';
import { isFixLog, isPatternRecord } from './pathKinds.ts';
import type { Reason } from './reason.ts';

const FIX = new Set(['fix', 'fixes', 'fixed', 'bugfix', 'hotfix']);

/** Fixes of what no user meets. */
const COSMETIC = new Set(
	'typo typos spelling grammar lint linter linting format formatting whitespace indentation style comment comments'.split(
		' ',
	),
);

/** Points for a bug fix: 2 with log, documented pattern and regression test, 1 with some of them, 0.5 with none. */
export function bugFixPoints(evidence: Evidence): Reason[] {
	if (evidence.product.length === 0 || !evidence.titles.some(saysFix)) return [];
	const log = evidence.docs.filter((file) => isFixLog(file.path));
	const pattern = evidence.docs.filter((file) => isPatternRecord(file.path));
	const parts = [
		{ name: 'an entry in a log of fixes', files: log },
		{ name: 'a documented pattern', files: pattern },
		{ name: 'a regression test', files: evidence.tests },
	];
	const there = parts.filter((part) => part.files.length > 0).map((part) => part.name);
	const missing = parts.filter((part) => part.files.length === 0).map((part) => part.name);
	const withParts = there.length > 0 ? `, with ${list(there)}` : '';
	const withoutParts = missing.length > 0 ? `${withParts ? ';' : ','} without ${list(missing)}` : '';
	return [
		{
			category: 'bug_fix',
			points: missing.length === 0 ? 2 : there.length > 0 ? 1 : 0.5,
			because: `A bug fix${withParts}${withoutParts}.`,
			paths: [...new Set(pathsOf([...evidence.product, ...parts.flatMap((part) => part.files)]))].sort(),
		},
	];
}

/** Whether a title names a fix of a bug: "fix(auth): …", "Fixed the login", not "fix typo" and not a revert. */
function saysFix(title: string): boolean {
	const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
	return words[0] !== 'revert' && words.some((word) => FIX.has(word)) && !words.some((word) => COSMETIC.has(word));
}

function list(names: readonly string[]): string {
	return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
