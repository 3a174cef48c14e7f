import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseMessage } from './message.ts';

const SCISSORS = '# ------------------------ >8 ------------------------';

describe('parseMessage', () => {
	it('takes the first line as the title and the rest as the body', () => {
		assert.deepEqual(parseMessage('wip: login\n\nfirst\nsecond\n'), { title: 'wip: login', body: '\nfirst\nsecond\n' });
	});

	it('reads CRLF and lone CR like LF', () => {
		assert.deepEqual(parseMessage('wip: login\r\n\r\nbody\r\n'), parseMessage('wip: login\n\nbody\n'));
		assert.equal(parseMessage('wip: login\rbody').title, 'wip: login');
	});

	it('passes over a byte order mark and blank lines in front', () => {
		assert.equal(parseMessage('\uFEFF\r\n \t\n  wip: login \nbody').title, 'wip: login');
	});

	it('drops the scissors line and the diff that `git commit -v` puts below it', () => {
		const message = `wip: login\n\nwhy\n${SCISSORS}\n# Do not modify or remove the line above.\ndiff --git a/x b/x\n+✅\n`;
		assert.deepEqual(parseMessage(message), { title: 'wip: login', body: '\nwhy\n' });
	});

	it('knows the scissors with another comment character, or none', () => {
		for (const mark of [';', '//', '#', '']) {
			const line = `${mark}${mark && ' '}${SCISSORS.slice(2)}`;
			assert.deepEqual(parseMessage(`title\n${line}\ndiff`), { title: 'title', body: '' });
		}
	});

	it('keeps a line that only looks like scissors', () => {
		assert.equal(parseMessage('title\n--- >8 ---\nkept').body, '--- >8 ---\nkept');
		assert.equal(parseMessage(`title\nsee ${SCISSORS} there\nkept`).body, `see ${SCISSORS} there\nkept`);
	});

	it('answers for a message that is empty, blank, or scissors alone', () => {
		for (const text of ['', '\n\n', ' \r\n\t', `${SCISSORS}\ndiff`]) assert.equal(parseMessage(text).title, '');
	});

	it('reads a title of 64 KiB whole', () => {
		for (const filler of ['x', '-', '>8', '✅', '.']) {
			const title = filler.repeat(65_536 / filler.length);
			assert.equal(parseMessage(`${title}\nbody`).title, title);
		}
	});

	it('reads a message that is only a trailer', () => {
		assert.deepEqual(parseMessage('Session-Id: alice-20251119-1430\n'), {
			title: 'Session-Id: alice-20251119-1430',
			body: '',
		});
	});

	it('keeps right-to-left text as it is', () => {
		assert.equal(parseMessage('wip: שלום עולם\n').title, 'wip: שלום עולם');
	});

	it('gives a title of one trimmed line and loses no line of the body', () => {
		const lines = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '\t', '\r')));
		fc.assert(
			fc.property(lines, (parts) => {
				const text = parts.join('\n');
				const { title, body } = parseMessage(text);
				assert.ok(!/[\r\n]/.test(title) && title === title.trim());
				assert.ok(!body.includes('\r'));
				assert.ok(text.replace(/\r\n?/g, '\n').endsWith(body));
			}),
		);
	});
});
