import path from 'node:path';
import { type ReplayListener, replayFile, replayRepository } from '../../app/replayHistory.ts';
import { settleText } from '../../app/settle.ts';
import { UserError } from '../../core/userError.ts';
import { resolveCommit } from '../../git/revision.ts';
import { describeExplanation, Explanation, explanationJson, isCommitName } from '../explanation.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, show, write } from '../output.ts';
import { ReplayJson } from '../replayJson.ts';
import { ReplaySummary } from '../replaySummary.ts';
import { describeReplay } from '../replayText.ts';

interface ReplayOptions extends CommonOptions {
	history?: string;
	explain?: string;
}

export async function replay(revisions: string[], options: ReplayOptions): Promise<number> {
	if (options.history !== undefined && revisions.length > 0) {
		throw new UserError('Give a history file or revisions of the repository, not both.');
	}
	if (options.explain !== undefined) {
		const explanation = new Explanation(await nameOf(options.explain, options));
		await run(revisions, options, explanation);
		const explained = explanation.result();
		show(options, explanationJson(explained), describeExplanation(explained, Date.now()));
	} else if (options.json) {
		const json = new ReplayJson((text) => write('stdout', text));
		await run(revisions, options, json);
		json.finish();
	} else {
		const summary = new ReplaySummary();
		await run(revisions, options, summary);
		show(options, undefined, describeReplay(summary.figures(), Date.now()));
	}
	return 0;
}

/** The name of a commit as it was given, or of the one that a revision such as HEAD~2 names. */
async function nameOf(commit: string, options: ReplayOptions): Promise<string> {
	if (options.history !== undefined || isCommitName(commit)) return commit;
	const { location } = await openWorkspace(options);
	return resolveCommit(location, commit);
}

/** A history file comes from anywhere, so it is judged by the default rules, not by those of the repository around it. */
async function run(revisions: string[], options: ReplayOptions, listener: ReplayListener): Promise<void> {
	if (options.history !== undefined) {
		const { rules } = await settleText(undefined);
		return replayFile(path.resolve(options.history), rules, listener);
	}
	const workspace = await openWorkspace(options);
	const { rules } = await workspace.settle();
	return replayRepository(workspace.location, revisions.length > 0 ? revisions : ['HEAD'], rules, listener);
}
