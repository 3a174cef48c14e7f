import { measured } from '../../app/measure.ts';
import { recordScore } from '../../app/recordedScores.ts';
import { type ScoreGiven, type ScoreTarget, type SessionScore, score as scoreTarget } from '../../app/score.ts';
import { LARGEST_REPORT, type ReportText } from '../../app/scoreReports.ts';
import { UserError } from '../../core/userError.ts';
import { readWhole } from '../input.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show, tell } from '../output.ts';
import { count } from '../words.ts';

interface ScoreOptions extends CommonOptions {
	base?: string;
	head?: string;
	coverage?: string[];
	coverageBefore?: string[];
	analysis?: string[];
	ciFailed?: boolean;
	scorer?: string;
	scorerTimeout: string;
	record?: boolean;
}

export async function score(id: string | undefined, options: ScoreOptions): Promise<number> {
	const target = targetOf(id, options);
	if (options.record && target.range) {
		throw new UserError('A range is no session, so there is nothing to record its score under: name a session.');
	}
	const given = await givenBy(options);
	const workspace = await openWorkspace(options);
	const scored = await measured(
		workspace,
		'score',
		() => scoreTarget(workspace, target, given),
		() => true,
	);
	const { problems, ...shown } = scored;
	for (const problem of problems) tell(problem);
	if (options.record) tell(`The score is recorded in ${await recordScore(workspace, scored)}.`);
	show(options, { ...shown, session: shown.session ?? null }, describeScore(shown));
	return 0;
}

async function givenBy(options: ScoreOptions): Promise<ScoreGiven> {
	const { ciFailed, scorer, scorerTimeout } = options;
	const timeoutSeconds = Number(scorerTimeout);
	if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 86_400) {
		throw new UserError(`--scorer-timeout takes whole seconds from 1 to 86400, not "${scorerTimeout}".`);
	}
	const [coverage, coverageBefore, analysis] = await Promise.all(
		[options.coverage, options.coverageBefore, options.analysis].map(readAll),
	);
	return {
		reports: { coverage: coverage!, coverageBefore: coverageBefore!, analysis: analysis! },
		...(ciFailed && { ciFailed }),
		...(scorer !== undefined && { scorer: { command: scorer, timeoutSeconds, cwd: process.cwd() } }),
	};
}

async function readAll(files: readonly string[] = []): Promise<ReportText[]> {
	return Promise.all(files.map(async (name) => ({ name, text: await readWhole(name, LARGEST_REPORT) })));
}

function targetOf(id: string | undefined, { base, head }: ScoreOptions): ScoreTarget {
	if (id !== undefined && (base ?? head) !== undefined) {
		throw new UserError('Give the id of a session, or a range by --base and --head, not both.');
	}
	if (base !== undefined && head !== undefined) return { range: { base, head } };
	if ((base ?? head) !== undefined) throw new UserError('A range takes both --base and --head.');
	return id === undefined ? {} : { session: id };
}

function describeScore(scored: Omit<SessionScore, 'problems'>): string[] {
	const { session, total, stabilised, decision, commits, files, reasons, blocker } = scored;
	const what = session === undefined ? 'The range' : `Session ${session}`;
	return [
		`${what} scores ${total.toFixed(1)}: ${decision} (${count(commits, 'commit')}, ${count(files.length, 'file')}; stabilised ${stabilised.toFixed(1)})`,
		...(blocker === undefined ? [] : [`  blocked      ${blocker}`]),
		...reasons.map(
			({ category, points, because }) => `  ${signed(points).padStart(6)}  ${category.padEnd(12)} ${because}`,
		),
	];
}

function signed(points: number): string {
	return points > 0 ? `+${points}` : String(points);
}
