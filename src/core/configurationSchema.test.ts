import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { defaultConfiguration, KEYS } from './configuration.ts';
import { parseConfiguration } from './configurationFile.ts';
import { configurationSchema } from './configurationSchema.ts';

const FILE = 'media/session_config.schema.json';

describe('the JSON Schema of the configuration', () => {
	const valid = new Ajv({ strict: true }).compile(configurationSchema());

	it(`stands in ${FILE} as the table of keys has it (npm run docs writes it)`, () => {
		const text = `${JSON.stringify(configurationSchema(), null, '\t')}\n`;
		if (process.env.UPDATE_DOCS) writeFileSync(FILE, text);
		assert.deepEqual(JSON.parse(readFileSync(FILE, 'utf8')), JSON.parse(text));
	});

	it('describes every key', () => {
		const { properties } = configurationSchema() as { properties: Record<string, { description: string }> };
		assert.deepEqual(Object.keys(properties), Object.keys(KEYS));
		for (const [key, { description }] of Object.entries(properties)) assert.notEqual(description, '', key);
	});

	it('takes the defaults, and a file without keys', () => {
		assert.equal(valid(defaultConfiguration()), true);
		assert.equal(valid({}), true);
	});

	it('refuses exactly what the reader refuses', () => {
		const lines = [
			'timeout_minutes: 4',
			'timeout_minutes: 5',
			'timeout_minutes: "30"',
			'timeout_minutes: 120',
			'timeout_minutes: 121',
			'timeout_minuts: 30',
			'commit_analytics: yes please',
			'commit_analytics: true',
			'agents: [Acme]',
			'agents: Acme',
			'agents: [1]',
			'agents: [""]',
		];
		for (const line of lines) {
			assert.equal(valid(parse(line)), parseConfiguration(line).problems.length === 0, line);
		}
	});
});
