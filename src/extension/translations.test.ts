import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { judgeHealth } from '../core/health/health.ts';
import { BUILT_IN_RUBRIC } from '../core/scoring/rubric.ts';
import { type ScoreInput, scoreSession } from '../core/scoring/score.ts';
import { translationOf } from '../core/translation.ts';
import { fileError } from '../files/fileError.ts';
import { explain } from '../github/errors.ts';

const root = path.join(import.meta.dirname, '..', '..');
/** A call of `t` with its sentence: a literal, so that it can be found here. */
const CALL = /\bt\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[^\s)])/g;
const TOLD = '/told';

function sources(): { file: string; text: string }[] {
	return ['extension', 'dashboard'].flatMap((folder) =>
		readdirSync(path.join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/^(?:words|l10n)\.ts$/.test(file))
			.concat(folder === 'extension' ? 'words.ts' : 'l10n.ts')
			.map((file) => ({ file, text: readFileSync(path.join(root, 'src', folder, file), 'utf8') })),
	);
}

/** The sentences that the code says. */
function said(): Set<string> {
	const sentences = new Set<string>();
	for (const { file, text } of sources()) {
		for (const [, literal = ''] of text.replace(/\bt\(message: string[^)]*\)/g, '').matchAll(CALL)) {
			assert.match(
				literal,
				/^['"]/,
				`${file}: t(${literal}… takes a sentence as it stands, so that it can be translated`,
			);
			sentences.add(literal.slice(1, -1).replace(/\\(.)/g, '$1'));
		}
	}
	return sentences;
}

/** Files whose sentences the editor never shows, and why. */
const ELSEWHERE: Record<string, string> = {
	'src/app/ownScorer.ts': 'runs with --scorer alone',
	'src/app/replayHistory.ts': 'reads a file that the command line names',
	'src/core/historyFile.ts': 'reads a file that the command line names',
	'src/core/analytics/exportText.ts': 'a file that the user takes away',
	'src/core/completedSession.ts': 'a mistake of ours',
	'src/core/configuration.ts': 'stands in the configuration file and the reference',
	'src/core/scoring/cobertura.ts': 'reads a report that the command line names',
	'src/core/scoring/coverage.ts': 'reads a report that the command line names',
	'src/core/scoring/coverageJson.ts': 'reads a report that the command line names',
	'src/core/scoring/lcov.ts': 'reads a report that the command line names',
	'src/core/scoring/parseCoverage.ts': 'reads a report that the command line names',
	'src/core/scoring/parseFindings.ts': 'reads a report that the command line names',
	'src/core/scoring/reportText.ts': 'reads a report that the command line names',
	'src/core/scoring/sarif.ts': 'reads a report that the command line names',
	'src/core/scoring/semgrep.ts': 'reads a report that the command line names',
	'src/core/scoring/scorerAnswer.ts': 'runs with --scorer alone',
	'src/git/logFormat.ts': 'a mistake of git or ours',
	'src/git/patch.ts': 'a mistake of git or ours',
	'src/github/issues.ts': 'of the action alone',
};

/** What is no sentence to a user of the editor. */
const NO_SENTENCE = [
	// Files that set-up writes for agents.
	/^Run `auto-pr /,
	/^If there is no such command, /,
	// Words that are looked for in titles.
	/^typo typos /,
	// The log.
	/^Session … (?:is idle|goes on|is to be published|was discarded)\.$/,
];

/** Made of pieces: the samples below say them whole. */
const IN_PIECES = [
	'src/core/scoring/bugFixPoints.ts',
	'src/core/scoring/securityPoints.ts',
	'src/files/fileError.ts',
	'src/github/errors.ts',
	'src/store/safekeeping.ts',
	'src/app/recover.ts',
];

/** A text that stands in the source, `…` for each value in it. */
interface Literal {
	file: string;
	text: string;
	/** What `new UserError` and such are given is a sentence, whatever it ends with. */
	ofError: boolean;
}

/** All texts in what the editor loads, but for those that go to `t` or to the log. */
async function literals(): Promise<Literal[]> {
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: ['src/extension/extension.ts', 'src/extension/rare.ts'],
		outdir: 'unused',
		bundle: true,
		write: false,
		metafile: true,
		packages: 'external',
		external: ['vscode'],
		platform: 'node',
	});
	return Object.keys(metafile.inputs).flatMap(literalsIn);
}

function literalsIn(file: string): Literal[] {
	const found: Literal[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && /(?:^|\.)t$|\blog\??\.\w+$/.test(node.expression.getText())) return;
		if (ts.isImportDeclaration(node)) return;
		const text = textOf(node);
		if (text !== undefined) found.push({ file, text, ofError: ts.isNewExpression(node.parent) });
		if (text === undefined || ts.isTemplateExpression(node)) ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true));
	return found;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
	if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
	const [left, right] = [textOf(node.left), textOf(node.right)];
	return left === undefined || right === undefined ? undefined : left + right;
}

function isSentence({ file, text, ofError }: Literal): boolean {
	return (
		/\p{L}{2,} \p{L}{2,}/u.test(text) &&
		(text.endsWith('.') || ofError) &&
		!Object.hasOwn(ELSEWHERE, file) &&
		!IN_PIECES.includes(file) &&
		!NO_SENTENCE.some((pattern) => pattern.test(text))
	);
}

/** What `github/pullRequests.ts` asks of GitHub, as its errors say it. */
function isAttempt({ file, text }: Literal): boolean {
	return file === 'src/github/pullRequests.ts' && /^[a-z]+ .* pull requests?\b/.test(text);
}

const file = (name: string, addedText = '', kind: 'A' | 'M' | 'D' | 'R' = 'M') =>
	({ path: name, kind, added: 1, deleted: 0, addedText }) as ScoreInput['files'][number];

/** What a score can say: each reason and blocker. */
function scoreSentences(): string[] {
	const code = file('src/cart.ts', 'const cache = 1;');
	const test = file('src/cart.test.ts', 'assert(a);\nassert(b);\nassert(c);', 'A');
	const parts = [file('CHANGELOG.md'), file('docs/error-patterns.md'), test];
	const finding = (severity: string) => ({ severity, rule: 'sql.injection', path: 'src/cart.ts' });
	const messages = ['fix: the cart'];
	const ways: Partial<ScoreInput>[] = [
		...Array.from({ length: 8 }, (_, bits) => ({ files: [code, ...parts.filter((_, at) => bits & (1 << at))] })),
		...['critical', 'high', 'medium'].flatMap((severity) =>
			[1, 2].map((times) => ({ findings: Array.from({ length: times }, () => finding(severity)) as never })),
		),
		{ findings: [] },
		{ ciFailed: true },
		{ coverage: { percentage: 0 } },
		{ coverage: { percentage: 12.5 }, coverageBefore: { percentage: 1 } },
		{ files: [file('docs/decisions/0001-cart.md'), file('src/cart.ts', 'a = cache;\nb = cache;')] },
		{ files: [file('docs/a.md', 'On 2025-11-19.')], endedAt: Date.UTC(2025, 10, 19) },
		{ files: [file('docs/a.md')] },
		{
			files: [
				file('tests/performance/load.test.ts', 'a', 'A'),
				file('tests/integration/auth.test.ts', 'expect(a)', 'A'),
			],
		},
		{
			files: [file('tests/integration/security/auth.test.ts', 'assert(a);\nassert(b);\nassert(c);', 'A')],
			coverage: { percentage: 90 },
			coverageBefore: { percentage: 50 },
		},
		{ files: [{ ...file('src/pay.test.ts', '', 'D'), deleted: 30 }] },
	];
	const scores = ways.map((way) => scoreSession({ files: [code, test], messages, ...way }, BUILT_IN_RUBRIC));
	return scores.flatMap(({ reasons, blocker }) => [...reasons.map(({ because }) => because), blocker ?? []].flat());
}

/** What GitHub's refusals and the system's are said as. */
function failures(): string[] {
	const failure = { attempt: 'read pull request #7 in octo/demo', host: 'github.com', now: 0 };
	const answers = [401, 403, 404, 422, 429, 500].flatMap((status) =>
		['', 'Validation Failed'].map((message) => ({ status, headers: {}, data: message ? { message } : {} })),
	);
	const codes =
		'ENOSPC EDQUOT EROFS EACCES EPERM ENOTDIR EISDIR ENOENT ELOOP ENAMETOOLONG EBUSY EMFILE ENFILE EIO EXDEV';
	return [
		...['x', undefined].flatMap((token) => [
			explain({ ...failure, token, reason: 'no answer' }),
			explain({ ...failure, token }),
			explain({ ...failure, token, answer: { status: 403, headers: { 'x-github-sso': 'required' }, data: {} } }),
			...answers.map((answer) => explain({ ...failure, token, answer })),
		]),
		...codes.split(' ').map((code) => fileError(Object.assign(new Error(code), { code }), 'write', '/shop/a.json')),
	].map((error) => (error as Error).message);
}

/** What `safekeeping.ts` and `recover.ts` put together of a file that was damaged. */
const RECOVERIES = [
	...['as there is no backup, a new one is begun', 'the backup of 2025-11-19T12:00:00Z takes its place'].flatMap(
		(instead) =>
			['', ', with the 1 session that could be read in it', ', with the 7 sessions that could be read in it'].map(
				(rest) => `/shop/a.json:3 cannot be read: this is not JSON. It is kept as /shop/b.json, and ${instead}${rest}.`,
			),
	),
	...['this is no session', 'this and 2 more of its lines are no sessions'].flatMap((lines) =>
		['1 session', '7 sessions'].flatMap((others) =>
			['', ', and the backup of 2025-11-19T12:00:00Z gave 2 back'].map(
				(from) =>
					`/shop/a.json:3 cannot be read: ${lines}. A copy is kept as /shop/b.json; the other ${others} stayed${from}.`,
			),
		),
	),
].flatMap((sentence) => [
	sentence,
	`${sentence} The history's trailers name no completed session that is missing.`,
	`${sentence} 1 completed session was found again in the history's trailers.`,
	`${sentence} 2 completed sessions were found again in the history's trailers.`,
]);

/** What else is put together of what stands in several places. */
const COMPOSED = [
	'.cursor/config/session_config.yaml:3:1: There is no key timout_minutes. Did you mean timeout_minutes?',
	'.cursor/reward_rubric.yaml: "weights.speed" must be a number from 0 to 10; 2 is used.',
	'.cursor/reward_rubric.yaml is no YAML, so the built-in rubric is used: …',
	'There is no backup 20251119-1200: "auto-pr backup --list" lists what there is.',
	'The backup 20251119-1200 is damaged (.cursor/data/session_state.json): choose another one.',
	'There is no commit in session alice-20251119-1430, so there is nothing to score.',
	'/shop/a.json:3 cannot be read: this is not JSON. It could not be moved away: …',
	'Completed session alice-20251119-1430 was left out: its id is none.',
	'Entry 3 of "sessions" was left out: "commits" holds something that is no pair.',
];

/** What the core, the files, git and GitHub say, as far as it is known: `…` for a value. */
function samples(texts: readonly Literal[]): string[] {
	const health = judgeHealth({
		orphans: [],
		ended: Array.from({ length: 20 }, () => ({ minutes: 9, trigger: 'timeout' })),
		discarded: 1,
		stateBytes: 9,
		operations: [{ operation: 'observe', times: 99, median: 1, p99: 2 }],
	});
	return [
		// A sentence that another one stands before is translated by itself.
		...texts.filter(isSentence).map(({ text }) => text.replace(/^… (?=\p{Lu})/u, '')),
		...texts
			.filter((it) => it.file === 'src/core/detection.ts' && /^\p{L}+ \p{L}+ /u.test(it.text))
			.map(({ text }) => text),
		...scoreSentences(),
		...failures(),
		...RECOVERIES,
		...COMPOSED,
		// What was asked of GitHub is said with its repository, within another sentence.
		...texts.filter(isAttempt).map(({ text }) => `Could not ${text} in octo/demo: github.com failed with 500.`),
		...health.findings.flatMap(({ limit, advice }) => [limit, advice]),
	];
}

/** Words of an English sentence that stand in its translation, and in no German sentence by intent. */
function leftIn(translated: string, english: string, german: string): string[] {
	const words = english.split(/[^\p{L}' -]+/u).flatMap((part) => {
		const all = part.trim().split(' ');
		return all.slice(2).map((_, at) => all.slice(at, at + 3).join(' '));
	});
	return words.filter((three) => /^[\p{L}' -]+$/u.test(three) && translated.includes(three) && !german.includes(three));
}

function read(name: string): Record<string, string> {
	return JSON.parse(readFileSync(path.join(root, name), 'utf8'));
}

const placesIn = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const commandsIn = (text: string): string[] => text.match(/\(command:[\w.]+\)/g) ?? [];

describe('the German words', function () {
	this.timeout(60_000);
	const german = read('l10n/bundle.l10n.de.json');
	const own = Object.keys(german).filter((key) => !key.endsWith(TOLD));
	const told = Object.keys(german).filter((key) => key.endsWith(TOLD));
	let texts: Literal[];
	let sentences: string[];

	before(async () => {
		texts = await literals();
		sentences = samples(texts);
	});

	it('are there for each sentence that the editor and the dashboard say, and for no other', () => {
		assert.deepEqual(own.sort(), [...said()].sort());
	});

	it('are there for what the core, the files, git and GitHub tell the editor', () => {
		const translate = translationOf(german);
		const all = Object.values(german).join('\n');
		const left = sentences.filter((sample) => {
			const translated = translate(sample);
			return translated === sample || leftIn(translated, sample, all).length > 0;
		});
		assert.deepEqual([...new Set(left)], []);
	});

	it('are tried with each piece of a sentence that is put together', () => {
		const untried = texts
			.filter(({ file, text }) => IN_PIECES.includes(file) && !NO_SENTENCE.some((pattern) => pattern.test(text)))
			.flatMap(({ text }) => text.split('…'))
			.map((piece) => piece.trim())
			.filter((piece) => /\p{L}{2,} \p{L}{2,}/u.test(piece) && !sentences.some((sentence) => sentence.includes(piece)));
		assert.deepEqual(untried, []);
	});

	it('are there for no sentence that nobody tells any more', () => {
		const parts = sentences.flatMap((text) =>
			[text.split(/(?<=\.) /), text.split(/(?<=\.) |: |Could not | was left out/)].flat(),
		);
		const all = [...texts.map(({ text }) => text), ...sentences, ...parts];
		const unused = told.filter((key) => {
			const pieces = key.slice(0, -TOLD.length).split(/\{\d+\}/);
			const pattern = new RegExp(
				`^${pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('.*')}$`,
				'u',
			);
			return !all.some((text) => pattern.test(text));
		});
		assert.deepEqual(unused, []);
	});

	it('fill the same places', () => {
		for (const english of own) assert.deepEqual(placesIn(german[english]!), placesIn(english), english);
		// What is told may be said without one of its values.
		for (const english of told)
			for (const place of placesIn(german[english]!)) assert.ok(placesIn(english).includes(place), english);
	});

	it('are there for all that the manifest names, with the same commands behind the links', () => {
		const [english, words] = [read('package.nls.json'), read('package.nls.de.json')];
		assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
		for (const [key, text] of Object.entries(english)) assert.deepEqual(commandsIn(words[key]!), commandsIn(text), key);
	});
});
