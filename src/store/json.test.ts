import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { formatJson, isRecord, type JsonRecord, parseJsonObject, UnreadableText } from './json.ts';

const object = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonRecord>;

function complaint(text: string): UnreadableText {
	try {
		parseJsonObject(text);
	} catch (error) {
		if (error instanceof UnreadableText) return error;
		throw error;
	}
	throw new assert.AssertionError({ message: `read without complaint: ${text}` });
}

describe('JSON files', () => {
	it('reads what it writes', () => {
		fc.assert(
			fc.property(object, (value) => {
				assert.deepEqual(parseJsonObject(formatJson(value)), JSON.parse(JSON.stringify(value)));
			}),
		);
	});

	for (const name of ['auto_pr_sessions.json', 'reward_scores.json']) {
		it(`loses nothing of the real ${name}`, function () {
			const real = join(process.cwd(), '..', 'shared', 'formats', name);
			if (!existsSync(real)) {
				this.test!.title += ` (skipped: ${real} is not on this machine)`;
				this.skip();
			}
			const text = readFileSync(real, 'utf8');
			assert.deepEqual(parseJsonObject(formatJson(parseJsonObject(text))), JSON.parse(text));
		});
	}

	it('puts every entry on a line of its own', () => {
		assert.equal(
			formatJson({ a: 1, list: [{ x: [1, 2] }, {}], none: [], map: { k: { v: 1 } } }),
			'{\n  "a": 1,\n  "list": [\n    {"x":[1,2]},\n    {}\n  ],\n  "none": [],\n  "map": {\n    "k": {"v":1}\n  }\n}\n',
		);
	});

	it('keeps a member called __proto__ what it is: a member', () => {
		const value = parseJsonObject('{"__proto__": {"polluted": true}, "a": {"__proto__": 1}}');
		assert.equal(({} as { polluted?: boolean }).polluted, undefined);
		assert.match(formatJson(value), /"__proto__": \{/);
		assert.match(formatJson(value), /"a": \{\n {4}"__proto__": 1/);
	});

	it('tells the line of an unresolved conflict', () => {
		const { line, message } = complaint('{\n"a": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]}');
		assert.deepEqual({ line, message }, { line: 3, message: 'a merge conflict is not resolved' });
	});

	it('tells the line of a mistake', () => {
		assert.equal(complaint('{\n"a": 1,\n"b": x\n}').line, 3);
		assert.equal(complaint('{\n"a": 1,\n}').line, 3);
		assert.equal(complaint('{\n"a": [1\n2]\n}').line, 3);
		assert.equal(complaint('{}\n\n{}').line, 3);
		assert.equal(complaint('{"a": "\u0000"}').line, 1);
	});

	it('tells truncated, empty, zeroed and other files', () => {
		assert.match(complaint('{\n"a": [1,').message, /ends too early/);
		assert.match(complaint(' \n').message, /empty/);
		assert.match(complaint('\0\0\0\0').message, /not JSON/);
		assert.match(complaint('[1]').message, /not an object/);
		assert.match(complaint('null').message, /not an object/);
	});

	it('finds a line in whatever a fault leaves of a file', () => {
		fc.assert(
			fc.property(object, fc.nat(), fc.string(), (value, cut, junk) => {
				const whole = formatJson(value);
				const at = cut % (whole.length + 1);
				const text = whole.slice(0, at) + junk + whole.slice(at + (cut % 3));
				let parsed: unknown;
				try {
					parsed = JSON.parse(text);
				} catch {
					const { line } = complaint(text);
					assert.ok(line >= 1 && line <= text.split('\n').length);
					return;
				}
				if (isRecord(parsed)) parseJsonObject(text);
			}),
		);
	});

	it('refuses to write what is nested too deeply, with a sentence', () => {
		const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown;
		assert.throws(() => formatJson({ deep }), { name: 'UnreadableText', message: /too deeply/ });
	});
});
