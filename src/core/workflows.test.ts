import assert from 'node:assert/strict';
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

			it('puts nothing from the event into a shell', () => {
				for (const [line] of text.matchAll(/run:.*/g)) {
					assert.doesNotMatch(line, /\$\{\{/);
				}
			});

			it('takes the action from the branch of the repository itself, not from the pull request', () => {
				assert.match(text, /^ {2}pull_request_target:$/m);
				assert.doesNotMatch(text, /^\s*ref:|head\.(sha|ref)|git (checkout|switch|reset|merge)/m);
			});

			it('asks for reading only', () => {
				assert.doesNotMatch(text, /: write/);
			});
		});
	}
});
