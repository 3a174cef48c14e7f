import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnreadableText } from './json.ts';
import { parseInPart } from './salvage.ts';

const FILE = {
	version: '1.0',
	completed_sessions: [
		{ session_id: 'a', prs: ['12', '13'], metadata: { mood: 'good' } },
		{ session_id: 'b', prs: [] },
		{ session_id: 'c', prs: ['141'] },
	],
	pr_to_session: { '12': 'a', '13': 'a' },
};

/** What could be read, or nothing. */
function inPart(text: string) {
	try {
		return parseInPart(text);
	} catch (error) {
		if (!(error instanceof UnreadableText)) throw error;
		return undefined;
	}
}

const records = (file: Record<string, unknown> | undefined) => (file?.completed_sessions ?? []) as unknown[];

describe('reading a file that is damaged in part', () => {
	it('reads a sound one whole, without a word', () => {
		assert.deepEqual(parseInPart(JSON.stringify(FILE)), { file: FILE, problems: [] });
	});

	for (const [name, text] of [
		['on lines', JSON.stringify(FILE, undefined, 2)],
		['on one line', JSON.stringify(FILE)],
	] as const) {
		it(`reads each whole record and no other of one that was cut at any byte, ${name}`, () => {
			for (let end = 0; end < text.length; end++) {
				const cut = text.slice(0, end);
				const expected = FILE.completed_sessions.filter(({ session_id }) => {
					const start = text.indexOf('{', text.lastIndexOf('{', text.indexOf(`"${session_id}"`)));
					return wholeFrom(text, start) <= end;
				});
				const read = inPart(cut);
				assert.deepEqual(records(read?.file), expected, `cut at ${end}`);
				assert.ok(!read || read.problems.length > 0);
			}
		});
	}

	it('says where the damage begins and which entry it took', () => {
		const { problems } = parseInPart(
			'{"version": "1.0",\n"completed_sessions": [{"session_id": "a"},\n{"session_id": "b", "prs": [',
		);
		assert.deepEqual(problems, [
			'Line 3: the text ends too early, so only what is whole was read.',
			'Entry 2 of "completed_sessions" was left out: it is damaged.',
		]);
	});

	it('reads both sides of a merge conflict', () => {
		const text =
			'{"completed_sessions": [\n<<<<<<< HEAD\n{"session_id":"a"},\n=======\n{"session_id":"b"},\n>>>>>>> other\n{"session_id":"c"}\n]}';
		const { file, problems } = parseInPart(text);
		assert.deepEqual(records(file), [{ session_id: 'a' }, { session_id: 'b' }, { session_id: 'c' }]);
		assert.match(problems[0]!, /^Line 2: a merge conflict is not resolved/);
	});

	it('reads nothing of a file that is empty, zeroed, no object or nested without end', () => {
		for (const text of ['', '\0'.repeat(500), '[1]', 'hello', '{', '{"a": '.repeat(50_000)]) {
			assert.throws(() => parseInPart(text), UnreadableText, text.slice(0, 20));
		}
	});

	it('never fails otherwise, nor keeps quiet about damage', () => {
		const text = JSON.stringify(FILE, undefined, 1);
		const noise = fc.string({ maxLength: 8, unit: 'binary-ascii' });
		fc.assert(
			fc.property(fc.nat(text.length), fc.nat(40), noise, (at, length, garbage) => {
				const damaged = text.slice(0, at) + garbage + text.slice(at + length);
				const read = inPart(damaged);
				assert.ok(!read || isJson(damaged) || read.problems.length > 0);
			}),
			{ numRuns: 2000 },
		);
	});

	it('takes a member called __proto__ as a member', () => {
		const { file } = parseInPart('{"__proto__": {"polluted": 1}, "a": [1, ');
		assert.deepEqual(Object.keys(file), ['__proto__', 'a']);
		assert.equal(({} as Record<string, unknown>).polluted, undefined);
		assert.equal((file as Record<string, unknown>).polluted, undefined);
	});
});

/** Where the object that begins at `start` ends. */
function wholeFrom(text: string, start: number): number {
	let depth = 0;
	for (let i = start; ; i++) {
		if (text[i] === '{') depth++;
		if (text[i] === '}' && --depth === 0) return i + 1;
	}
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
