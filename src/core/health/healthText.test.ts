import assert from 'node:assert/strict';
import { judgeHealth } from './health.ts';
import { healthIssueBody, healthMarkdown, healthMessage, readHealthMark } from './healthText.ts';

const orphans = Array.from({ length: 30 }, (_, index) => `alice-20251119-14${10 + index}`);
const ill = judgeHealth({ orphans, ended: [], runs: { completed: 9, failed: 8 } });
const well = judgeHealth({ orphans: [], ended: [] });

describe('what is told of health', () => {
	it('begins, in an issue, with a mark that tells the warnings', () => {
		assert.deepEqual(readHealthMark(healthIssueBody(ill)), {
			warnings: ['orphans', 'completion-rate', 'workflow-failures'],
		});
		assert.deepEqual(readHealthMark(healthIssueBody(well)), { warnings: [] });
		assert.deepEqual(readHealthMark(healthIssueBody(ill).replaceAll('\n', '\r\n')), {
			warnings: ['orphans', 'completion-rate', 'workflow-failures'],
		});
	});

	it('is known by that mark alone, and only where it stands first', () => {
		const body = healthIssueBody(ill);
		for (const text of ['', ` ${body}`, `Look:\n${body}`, '<!-- auto-pr-health <b> -->', '<!-- auto-pr-healthy -->']) {
			assert.equal(readHealthMark(text), undefined);
		}
	});

	it('has each figure with its limit, and what to do about those beyond', () => {
		const text = healthMarkdown(ill);
		assert.match(text, /^\| Orphans \| 30 \| at most 5 \| \*\*warning\*\* \|$/m);
		assert.match(text, /^- \*\*Workflow failures\*\*: .*log/m);
		assert.match(healthMarkdown(well), /^\| Orphans \| 0 \| at most 5 \| good \|$/m);
	});

	it('names 20 orphans at most, and nobody is mentioned and nothing opened by a name', () => {
		const hostile = judgeHealth({ orphans: ['@everyone <img src=x> `x` | [a](https://b)', ...orphans], ended: [] });
		const line = /^Orphans: (.*)$/m.exec(healthMarkdown(hostile))?.[1] ?? '';
		assert.ok(line.startsWith('`` @everyone <img src=x> `x` | [a](https://b) ``, '));
		assert.ok(line.endsWith(' and 11 more.'));
	});

	it('reaches a chat as plain text, in which nothing is a link or calls everybody', () => {
		const { text } = healthMessage('octo/<!channel>&', ill);
		assert.match(text, /^Auto-PR Sessions in octo\/&lt;!channel&gt;&amp;: something needs a look\n• Orphans: 30/);
		assert.doesNotMatch(text, /[<>]/);
	});
});
