import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { validateAction } from '@action-validator/core';
import { parse } from 'yaml';
import { outputsOfAnswers } from './outputs.ts';

describe("the action's metadata", () => {
	let text: string;

	before(async () => {
		text = await readFile('action.yml', 'utf8');
	});

	it('is valid by the published schema, which ends at node20', () => {
		assert.match(text, /^ {2}using: node24$/m);
		assert.deepEqual(validateAction(text.replace('node24', 'node20')).errors, []);
		assert.notDeepEqual(validateAction(text.replace('node24', 'node2')).errors, []);
	});

	it('names exactly the outputs that are written', () => {
		assert.deepEqual(Object.keys(parse(text).outputs), Object.keys(outputsOfAnswers([])));
	});
});
