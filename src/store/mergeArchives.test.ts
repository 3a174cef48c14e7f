import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeRecords } from '../core/mergeRecords.ts';
import { parseArchive } from './archiveFile.ts';
import { NewerVersion, UnreadableText } from './json.ts';
import { mergeArchives } from './mergeArchives.ts';

const record = fc.record({
	session_id: fc.constantFrom('a-20251119-1430', 'b-20251119-1430', 'c-20251119-1430'),
	last_activity: fc.constantFrom('2025-11-19T15:00:00Z', '2025-11-19T16:00:00Z'),
	prs: fc.array(fc.constantFrom('1', '2'), { maxLength: 2 }),
	metadata: fc.record({ title: fc.string(), commits: fc.array(fc.string()) }, { requiredKeys: [] }),
});
const archive = fc.array(record, { maxLength: 4 }).map((completed_sessions) => JSON.stringify({ completed_sessions }));
const ids = (text: string) => parseArchive(text).records.map((it) => (it as { session_id: string }).session_id);
const text = (...records: object[]) => JSON.stringify({ completed_sessions: records });

describe('merging the analytics record of two branches', () => {
	it('does not depend on which side is ours', () => {
		fc.assert(
			fc.property(archive, archive, archive, (base, ours, theirs) => {
				assert.equal(mergeArchives(base, ours, theirs), mergeArchives(base, theirs, ours));
			}),
		);
	});

	it('changes nothing when repeated', () => {
		fc.assert(
			fc.property(archive, archive, archive, (base, ours, theirs) => {
				const once = mergeArchives(base, ours, theirs);
				assert.equal(mergeArchives(once, once, once), once);
			}),
		);
	});

	it('loses no session, and has each once', () => {
		fc.assert(
			fc.property(archive, archive, archive, (base, ours, theirs) => {
				assert.deepEqual(ids(mergeArchives(base, ours, theirs)), [...new Set([...ids(ours), ...ids(theirs)])].sort());
			}),
		);
	});

	it('keeps what each side changed in one session', () => {
		const base = { session_id: 'a-20251119-1430', final_score: 1, prs: ['1'] };
		assert.deepEqual(mergeRecords([base], [{ ...base, final_score: 2 }], [{ ...base, prs: ['1', '2'] }]), [
			{ session_id: 'a-20251119-1430', final_score: 2, prs: ['1', '2'] },
		]);
	});

	it('takes the later activity where both changed the same', () => {
		const early = { session_id: 'a', last_activity: '2025-11-19T15:00:00Z', final_score: 9 };
		const late = { session_id: 'a', last_activity: '2025-11-19T16:00:00Z', final_score: 2 };
		assert.deepEqual(mergeRecords([], [early], [late]), [late]);
	});

	it('takes both halves of a side with conflict markers', () => {
		const lines = (id: string) => `{ "session_id": "${id}" }`;
		const marked = [
			'{"completed_sessions": [',
			'<<<<<<< HEAD',
			lines('a'),
			'||||||| base',
			lines('z'),
			'=======',
			lines('b'),
			'>>>>>>> other',
			']}',
		].join('\n');
		assert.deepEqual(ids(mergeArchives('', marked, text({ session_id: 'c' }))), ['a', 'b', 'c']);
	});

	it('does without a base that is damaged, but not without a side', () => {
		const side = text({ session_id: 'a' });
		assert.deepEqual(ids(mergeArchives('{', side, '')), ['a']);
		assert.throws(() => mergeArchives('', side, '{"completed_sessions": ['), UnreadableText);
	});

	it('refuses what a newer version wrote', () => {
		assert.throws(() => mergeArchives('', '', '{"version": "2.0"}'), NewerVersion);
	});
});
