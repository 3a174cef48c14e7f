import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bCubed } from '../../test/support/bCubed.ts';
import { MINUTE, makeRules } from '../../test/support/builders.ts';
import { parseHistoryLine } from './historyFile.ts';
import { Replay } from './replay.ts';
import type { Session } from './session.ts';
import type { Decision } from './tracker.ts';
import { longestChain } from './trunk.ts';

/** Histories that nobody here wrote, with what is known of them. They are kept beside the repository, not in it. */
const FOLDER = join(__dirname, '../../../shared/histories');

/** What a history itself knows of a commit. */
interface Expectation {
	auto: boolean | null;
	session?: string | null;
	completes?: boolean;
}

interface Bounds {
	precision?: number;
	recall?: number;
}

const HISTORIES: [file: string, bounds: Bounds][] = [
	['autopr.jsonl', {}],
	['copilot.jsonl', { precision: 0.99, recall: 0.92 }],
	['checkpoints.jsonl', { precision: 0.99, recall: 0.99 }],
];

for (const [file, bounds] of HISTORIES) {
	const path = join(FOLDER, file);
	describe(`the history ${file}`, () => {
		let expected: Expectation[];
		let decisions: Decision[];
		let sessions: Session[];

		before(async function () {
			if (!existsSync(path)) {
				console.warn(`Skipped: there is no ${path}.`);
				this.skip();
			}
			const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
			expected = lines.map((line) => JSON.parse(line).expect);
			const commits = lines.map((line, index) => parseHistoryLine(line, index + 1));
			const trunk = longestChain(commits);
			sessions = [];
			const replay = new Replay(await makeRules(), (session) => sessions.push(session));
			decisions = commits.map((commit) => replay.push(commit, trunk.has(commit.sha)));
			replay.finish();
		});

		const wrong = (found: (decision: Decision, known: Expectation) => boolean) =>
			decisions.filter((decision, index) => found(decision, expected[index]!)).map(({ sha, rule }) => `${sha} ${rule}`);

		it('has no automatic commit missed', () => {
			assert.deepEqual(
				wrong(({ auto }, known) => known.auto === true && !auto),
				[],
			);
		});

		it('has no person’s commit taken', () => {
			assert.deepEqual(
				wrong(({ auto }, known) => known.auto === false && auto),
				[],
			);
		});

		it('has no session completed by a word that only stands somewhere', () => {
			assert.deepEqual(
				wrong(({ trigger }, known) => trigger === 'explicit' && !known.completes),
				[],
			);
		});

		it('has no session left open, and each automatic commit in one that was told of', () => {
			assert.ok(sessions.every(({ ended }) => ended !== undefined));
			const told = new Set(sessions.map(({ id }) => id));
			assert.ok(decisions.every(({ auto, session }) => (session !== undefined && told.has(session)) === auto));
		});

		it('has people’s sessions of less than an hour on average', () => {
			const people = sessions.filter(({ agent }) => agent === undefined);
			const minutes = people.map(({ startedAt, ended }) => (ended!.at - startedAt) / MINUTE);
			const mean = minutes.reduce((sum, each) => sum + each, 0) / Math.max(1, minutes.length);
			assert.ok(mean < 60, `${mean} minutes`);
		});

		if (bounds.precision !== undefined) {
			it(`batches with a precision of ${bounds.precision} and a recall of ${bounds.recall} at least`, () => {
				const { precision, recall } = bCubed(
					decisions.flatMap(({ sha, session }, index): [string, string][] => {
						const known = expected[index]?.session;
						return known ? [[known, session ?? sha]] : [];
					}),
				);
				assert.ok(precision >= bounds.precision!, `precision ${precision}`);
				assert.ok(recall >= bounds.recall!, `recall ${recall}`);
			});
		}
	});
}
