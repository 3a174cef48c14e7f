import assert from 'node:assert/strict';
import { at, HOUR, makeCommit, makeRules } from '../../test/support/builders.ts';
import { Replay } from '../core/replay.ts';
import { ReplayJson } from './replayJson.ts';
import { ReplaySummary } from './replaySummary.ts';

describe('a replay as JSON', () => {
	it('writes nothing before the first commit, and then in pieces that make one document', async () => {
		const pieces: string[] = [];
		const json = new ReplayJson((text) => pieces.push(text));
		const replay = new Replay(await makeRules(), (session) => json.onSession(session));
		assert.equal(pieces.length, 0);
		for (let n = 0; n < 2000; n++) json.onDecision(replay.push(makeCommit({ at: at('00:00') + n * HOUR }), true));
		const early = pieces.length;
		assert.ok(early > 1);
		assert.ok(pieces.every((piece) => piece.length < 128 * 1024));
		replay.finish();
		json.finish();
		const { commits, sessions, summary } = JSON.parse(pieces.join(''));
		assert.deepEqual([commits.length, sessions.length, summary.sessions], [2000, 2000, 2000]);
	});
});

describe('the summary of a replay', () => {
	it('is all zeros for an empty history', () => {
		const { commits, sessions, fewerPercent, commitsPerSession, longest } = new ReplaySummary().figures();
		assert.deepEqual([commits, sessions, fewerPercent, longest], [0, 0, null, []]);
		assert.deepEqual(commitsPerSession, { mean: 0, median: 0, most: 0 });
	});

	it('tells people from agents, takes the middle of an even number, and names the five longest', async () => {
		const summary = new ReplaySummary();
		const replay = new Replay(await makeRules(), (session) => summary.onSession(session));
		for (let day = 1; day <= 6; day++) {
			for (const minutes of [0, day]) {
				summary.onDecision(replay.push(makeCommit({ at: at('10:00', day) + minutes * 60_000 }), true));
			}
		}
		replay.finish();
		const { byRule, byTrigger, commitsPerSession, durationMinutes, longest, fewerPercent } = summary.figures();
		assert.deepEqual(byRule, { pattern: 12 });
		assert.deepEqual(byTrigger, { timeout: 6 });
		assert.deepEqual(commitsPerSession, { mean: 2, median: 2, most: 2 });
		assert.deepEqual(durationMinutes, {
			people: { sessions: 6, mean: 3.5, median: 3.5, most: 6 },
			agents: { sessions: 0, mean: 0, median: 0, most: 0 },
		});
		assert.deepEqual(
			longest.map((row) => row.durationMinutes),
			[6, 5, 4, 3, 2],
		);
		assert.equal(fewerPercent, 50);
	});
});
