import { isDocs, isTest } from '../paths.ts';

/** File endings of program text that people write tests for, or tests in. */
const CODE = new Set(
	(
		'js jsx mjs cjs ts tsx mts cts vue svelte astro py rb php go rs java kt kts scala groovy cs fs vb c h cc cpp cxx ' +
		'hpp m mm swift dart ex exs erl clj cljs hs ml lua pl pm t r jl sh bash bats ps1 sol zig nim cr elm feature robot'
	).split(' '),
);

/** Folders of program text that nobody here wrote. */
const FOREIGN_FOLDER = /(?:^|\/)(?:vendor|node_modules|third_party|dist|generated)\//i;

/** Settings, declarations and compressed copies: program text by their ending only. */
const NOT_WRITTEN_OUT = /\.(?:config|conf|min|d|generated|pb)\.[a-z]+$/i;

const INTEGRATION = new Set(['integration', 'e2e', 'acceptance', 'cypress', 'cy', 'playwright']);

const CRITICAL = new Set(
	(
		'auth authn authz oauth authentication authorization authorisation login password passwords permission ' +
		'permissions rbac acl tenant tenants rls security crypto encryption payment payments billing'
	).split(' '),
);

const BENCHMARK = new Set(['bench', 'benchmark', 'benchmarks']);

const LOAD = new Set(['perf', 'performance', 'load', 'stress']);

const DECISION = new Set(['adr', 'adrs', 'decision', 'decisions', 'rfc', 'rfcs']);

const FIX_LOG = new Set(['changelog', 'changeset', 'buglog', 'bugs']);

const PATTERN = new Set([
	'pattern',
	'patterns',
	'antipatterns',
	'postmortem',
	'pitfalls',
	'lessons',
	'troubleshooting',
]);

/** A file's ending in lower case, without the dot. */
export function endingOf(path: string): string {
	const name = baseName(path);
	const dot = name.lastIndexOf('.');
	return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Program text of any kind, by its ending. */
export function isCode(path: string): boolean {
	return CODE.has(endingOf(path));
}

/** Program text of the product itself: neither tests nor documentation, and not vendored, generated or a setting. */
export function isProductCode(path: string): boolean {
	return isProduct(path) && isCode(path) && !NOT_WRITTEN_OUT.test(path);
}

/** Whatever belongs to the product, settings included. */
export function isProduct(path: string): boolean {
	return !isTest(path) && !isDocs(path) && !isBenchmark(path) && !FOREIGN_FOLDER.test(path);
}

/** A test that a test runner could run: a fixture or a snapshot beside it is not one. */
export function isTestCode(path: string): boolean {
	return isTest(path) && isCode(path) && !FOREIGN_FOLDER.test(path);
}

export function isIntegrationTest(path: string): boolean {
	return isTestCode(path) && (hasWord(path, INTEGRATION) || path.toLowerCase().includes('end-to-end'));
}

/** A test of what must not break: signing in, permissions, tenants, money. */
export function isCriticalTest(path: string): boolean {
	return isTestCode(path) && hasWord(path, CRITICAL);
}

export function isPerformanceTest(path: string): boolean {
	return isBenchmark(path) || (isTestCode(path) && hasWord(path, LOAD));
}

function isBenchmark(path: string): boolean {
	return isCode(path) && hasWord(path, BENCHMARK);
}

/** A record of an engineering decision: `docs/adr/0007-queue.md`. */
export function isDecisionRecord(path: string): boolean {
	return isDocs(path) && hasWord(path, DECISION);
}

/** Where a team writes down what was fixed: `CHANGELOG.md`, `BUG_LOG.md`. */
export function isFixLog(path: string): boolean {
	if (!isDocs(path)) return false;
	const words = wordsOf(baseName(path));
	return hasAny(words, FIX_LOG) || path.startsWith('.changeset/') || (words.has('bug') && words.has('log'));
}

/** Where a team writes down what to avoid: `anti_patterns.md`. */
export function isPatternRecord(path: string): boolean {
	return isDocs(path) && hasAny(wordsOf(baseName(path)), PATTERN);
}

/** What a test and the file that it tests have in common: `src/a/login.ts` and `test/test_login.py` give `login`. */
export function subjectOf(path: string): string {
	const name = baseName(path);
	const dot = name.indexOf('.', 1);
	return (dot < 0 ? name : name.slice(0, dot))
		.replace(/^test_/i, '')
		.replace(/(?:[_-](?:tests?|spec|e2e)|Tests?|Spec|IT)$/, '')
		.toLowerCase();
}

function hasWord(path: string, words: ReadonlySet<string>): boolean {
	return hasAny(wordsOf(path), words);
}

function hasAny(found: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
	for (const word of found) if (wanted.has(word)) return true;
	return false;
}

/** The words of a path in lower case, camel case taken apart. */
function wordsOf(path: string): Set<string> {
	return new Set(
		path
			.replace(/([a-z])([A-Z])/g, '$1 $2')
			.toLowerCase()
			.split(/[^a-z0-9]+/),
	);
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
