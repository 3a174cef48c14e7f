// How right the decisions are on histories that know the truth: `npm run bench:accuracy -- HISTORY.jsonl…`, ours beside the older
// system's rules. Without a name it takes the histories kept beside the repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Commit } from '../../src/core/commit.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import { parseHistoryLine } from '../../src/core/historyFile.ts';
import { Replay } from '../../src/core/replay.ts';
import { compileRules } from '../../src/core/rules.ts';
import type { Session } from '../../src/core/session.ts';
import { longestChain } from '../../src/core/trunk.ts';
import { bCubed } from '../support/bCubed.ts';
import { answerByOlderRules } from './olderRules.ts';

/** What was said of a commit. */
export interface Answer {
	auto: boolean;
	session?: string;
	/** It completed its session explicitly. */
	completes?: boolean;
}

/** What was said of a history. */
export interface Answers {
	answers: Answer[];
	sessions: number;
	/** Sessions still open at the end of the history and a timeout. */
	open: number;
	/** Mean length of people's sessions, minutes; undefined where there are none. */
	peopleMinutes: number | undefined;
}

/** What a history knows of a commit: see its own description. */
interface Truth {
	auto: boolean | null;
	session?: string | null;
	completes?: boolean;
}

const kept = path.resolve('../shared/histories');

async function main(): Promise<void> {
	const named = process.argv.slice(2);
	const files = named.length > 0 ? named : existsSync(kept) ? readdirSync(kept).filter(isHistory).map(inKept) : [];
	if (files.length === 0) {
		console.error(`There is no history in ${kept}: name one, as in npm run bench:accuracy -- HISTORY.jsonl`);
		process.exitCode = 2;
	}
	for (const file of files) {
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
		const truths = lines.map((line): Truth => JSON.parse(line).expect ?? { auto: null });
		const commits = lines.map((line, index) => parseHistoryLine(line, index + 1));
		console.log(`\n${path.basename(file)}, ${commits.length} commits`);
		console.table({
			ours: figures(truths, await answerByOurs(commits)),
			"the older system's rules": figures(truths, answerByOlderRules(commits)),
		});
	}
}

async function answerByOurs(commits: readonly Commit[]): Promise<Answers> {
	const { rules } = await compileRules(defaultConfiguration());
	const trunk = longestChain(commits);
	const sessions: Session[] = [];
	const replay = new Replay(rules, (session) => sessions.push(session));
	const answers = commits.map((commit): Answer => {
		const { auto, session, trigger } = replay.push(commit, trunk.has(commit.sha));
		return { auto, ...(session !== undefined && { session }), completes: trigger === 'explicit' };
	});
	replay.finish();
	const named = new Set(answers.flatMap(({ session }) => session ?? []));
	const lengths = sessions
		.filter(({ agent }) => !agent)
		.map(({ startedAt, ended }) => (ended!.at - startedAt) / 60_000);
	const peopleMinutes = lengths.length > 0 ? lengths.reduce((sum, each) => sum + each, 0) / lengths.length : undefined;
	return { answers, sessions: sessions.length, open: named.size - sessions.length, peopleMinutes };
}

function figures(truths: readonly Truth[], { answers, sessions, open, peopleMinutes }: Answers) {
	const count = (is: (truth: Truth, answer: Answer) => unknown) =>
		truths.filter((truth, index) => is(truth, answers[index]!)).length;
	const pairs = truths.flatMap(({ session }, index): [string, string][] =>
		session ? [[session, answers[index]!.session ?? `none ${index}`]] : [],
	);
	const { precision, recall } = bCubed(pairs);
	return {
		'automatic missed': `${count((truth, { auto }) => truth.auto === true && !auto)} of ${count(({ auto }) => auto === true)}`,
		'human taken': `${count((truth, { auto }) => truth.auto === false && auto)} of ${count(({ auto }) => auto === false)}`,
		'false completions': count((truth, { completes }) => completes && !truth.completes),
		precision: pairs.length > 0 ? precision.toFixed(4) : '-',
		recall: pairs.length > 0 ? recall.toFixed(4) : '-',
		sessions,
		'left open': open,
		"people's mean": peopleMinutes === undefined ? '-' : `${peopleMinutes.toFixed(1)} min`,
	};
}

function isHistory(name: string): boolean {
	return name.endsWith('.jsonl');
}

function inKept(name: string): string {
	return path.join(kept, name);
}

void main();
