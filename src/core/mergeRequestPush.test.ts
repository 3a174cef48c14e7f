import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { mergeRequestPush } from './mergeRequestPush.ts';

const TRAILERS = 'Session-Id: alice-20251119-1430\nSession-End: explicit 2025-11-19T15:12:00Z';

describe('mergeRequestPush', () => {
	it('writes the trailers on lines of their own, as GitLab takes them', () => {
		assert.equal(
			mergeRequestPush({ remote: 'origin', branch: 'topic', trailers: TRAILERS }),
			"git push -o merge_request.create -o 'merge_request.description=Session-Id: alice-20251119-1430\\nSession-End: " +
				"explicit 2025-11-19T15:12:00Z' -- origin refs/heads/topic:refs/heads/topic",
		);
	});

	it('is one command to a shell, whatever the names are', function () {
		// cmd.exe has other rules; the command is for a POSIX shell, as Git Bash on Windows.
		if (process.platform === 'win32') this.skip();
		const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\0\r\n]/.test(text));
		const property = fc.property(name, name, (remote, branch) => {
			const command = mergeRequestPush({ remote, branch, trailers: TRAILERS });
			const script = `git() { for word do printf '%s\\0' "$word"; done; }\n${command}`;
			const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
			const reference = `refs/heads/${branch}`;
			assert.deepEqual(words.slice(-3), ['--', remote, `${reference}:${reference}`]);
			assert.equal(words.length, 8);
		});
		fc.assert(property, { numRuns: 50 });
	});
});
