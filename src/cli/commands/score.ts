import { type ScoreTarget, type SessionScore, score as scoreTarget } from '../../app/score.ts';
import { UserError } from '../../core/userError.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show, tell } from '../output.ts';
import { count } from '../words.ts';

interface ScoreOptions extends CommonOptions {
	base?: string;
	head?: string;
}

export async function score(id: string | undefined, options: ScoreOptions): Promise<number> {
	const target = targetOf(id, options);
	const workspace = await openWorkspace(options);
	const { problems, ...scored } = await scoreTarget(workspace, target);
	for (const problem of problems) tell(problem);
	show(options, { ...scored, session: scored.session ?? null }, describeScore(scored));
	return 0;
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
