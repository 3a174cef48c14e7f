import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../test/support/builders.ts';
import type { Ending } from './session.ts';
import { mintSessionId } from './sessionId.ts';
import { readCoAuthors, readForeignSession, readSessionMark, sessionsNamed, writeSessionTrailers } from './trailers.ts';
import { UserError } from './userError.ts';

const ID = 'alice-20251119-1430';
const NEXT = 'alice-20251119-1600';
const TRAILER = `Session-Id: ${ID}`;
const ENDED: Ending = { trigger: 'timeout', at: at('15:12') };
const ENDING = 'Session-End: timeout 2025-11-19T15:12:00Z';

const idOf = (text: string) => readSessionMark(text)?.id;

describe('readSessionMark', () => {
	it('reads the trailer of a commit', () => {
		assert.deepEqual(readSessionMark(`wip: login\n\nbody\n\n${TRAILER}\n`), { id: ID, form: 'trailer' });
	});

	it('reads a message that is only the trailer, which git itself takes for a title', () => {
		assert.equal(idOf(TRAILER), ID);
	});

	it('reads CRLF, lone CR, keys of any case and blanks around the value', () => {
		assert.equal(idOf(`a\r\n\r\n${TRAILER}\r\n`), ID);
		assert.equal(idOf(`a\r\r${TRAILER}\r`), ID);
		assert.equal(idOf(`a\n\nsession-id:${ID}`), ID);
		assert.equal(idOf(`a\n\nSESSION-ID :\t${ID} \t`), ID);
	});

	it('reads ids with dots, letters beyond ASCII and a suffix whole', () => {
		for (const id of ['alice.smith-20251119-1430', '山田-太郎-20251119-1430', 'josé-20251119-1430-7f3a']) {
			assert.equal(idOf(`a\n\nSession-Id: ${id}`), id);
		}
	});

	it('reads the ending that follows', () => {
		assert.deepEqual(readSessionMark(`${TRAILER}\n${ENDING}`), { id: ID, form: 'trailer', ended: ENDED });
		assert.equal(
			readSessionMark(`${TRAILER}\nsession-end: explicit 2025-11-19T15:12:00.123Z`)?.ended?.trigger,
			'explicit',
		);
	});

	describe('what a squash leaves', () => {
		it('GitHub: a `---------` line, then the co-authors', () => {
			const message = `Login (#12)\n\n* wip: form\n\n${TRAILER}\n\n* wip: tests\n\n${TRAILER}\n\n---------\n\nCo-authored-by: Bob <bob@example.com>\n`;
			assert.equal(idOf(message), ID);
		});

		it('GitHub: a list of commits of two sessions, of which the last counts', () => {
			const message = `Login (#12)\n\n* wip: form\n\n${TRAILER}\n\n* wip: tests\n\nSession-Id: ${NEXT}\n`;
			assert.equal(idOf(message), NEXT);
			assert.deepEqual(sessionsNamed(message), [ID, NEXT]);
		});

		it('git merge --squash: the messages indented below their commits', () => {
			const sha = 'd'.repeat(40);
			const message = `Squashed commit of the following:\n\ncommit ${sha}\nAuthor: Alice <alice@example.com>\nDate:   Wed Nov 19 14:30:00 2025 +0000\n\n    wip: form\n    \n    ${TRAILER}\n`;
			assert.equal(idOf(message), ID);
		});

		it('interactive rebase: text after the trailers', () => {
			assert.equal(idOf(`wip: form\n\n${TRAILER}\n\nwip: tests\n\nmore words\n`), ID);
		});

		it('a paragraph that is mostly prose', () => {
			assert.equal(idOf(`wip\n\none\ntwo\nthree\nfour\n${TRAILER}\nfive`), ID);
		});

		it('a title and nothing else (GitLab): nothing to read', () => {
			assert.equal(readSessionMark('Login (!12)'), undefined);
		});
	});

	describe('what is no trailer', () => {
		const none: [what: string, text: string][] = [
			['one inside a sentence', `I put ${TRAILER} there`],
			['one that a sentence goes on from', `${TRAILER} was wrong`],
			['one in a quote', `> ${TRAILER}`],
			['one in a list', `* ${TRAILER}`],
			['one in a comment line', `# ${TRAILER}`],
			['one in inline code', `\`${TRAILER}\``],
			['one in a code fence', `\`\`\`\n${TRAILER}\n\`\`\``],
			['one in a fence with a language', `~~~text\n${TRAILER}\n~~~~`],
			['one in a fence inside which another kind of fence stands', `~~~\n\`\`\`\n${TRAILER}\n~~~`],
			['one in a fence that ``` with a word does not close', `\`\`\`\n\`\`\`js\n${TRAILER}\n\`\`\``],
			['one in a code block by indentation', `code:\n\n    ${TRAILER}`],
			['one behind a tab', `\t${TRAILER}`],
			['one that is removed in a diff', `-${TRAILER}`],
			['a key with a blank', `Session Id: ${ID}`],
			['a key with an underscore', `Session_Id: ${ID}`],
			['a value that is no id', 'Session-Id: the one from this morning'],
			['a value with a path in it', 'Session-Id: ../../x-20251119-1430'],
			['a minute that never was', 'Session-Id: alice-20251399-9999'],
			['an id that another follows', `${TRAILER} ${NEXT}`],
			['an empty value', 'Session-Id:'],
			['the older daemon’s own words', 'Session ID: session-234438a4c6e4'],
		];
		for (const [what, text] of none) {
			it(what, () => {
				assert.equal(readSessionMark(`title\n\n${text}\n`), undefined);
			});
		}
	});

	it('is not put off by inline code between backticks at the start of a line, nor by a fence that is never closed', () => {
		assert.equal(idOf(`title\n\n\`\`\`x\`\`\` is code\n\n${TRAILER}\n\n\`\`\`\ncode\n\`\`\``), ID);
		assert.equal(idOf(`title\n\n\`\`\`\ncode\n\n${TRAILER}`), ID);
	});

	it('lets up to three blanks stand in front', () => {
		assert.equal(idOf(`title\n\n   ${TRAILER}`), ID);
	});

	describe('endings that are forged or garbled', () => {
		const garbled = [
			'Session-End: timeout',
			'Session-End: 2025-11-19T15:12:00Z',
			'Session-End: whenever 2025-11-19T15:12:00Z',
			'Session-End: timeout yesterday',
			'Session-End: timeout 2025-11-19',
			'Session-End: timeout 2025-11-19T15:12:00+02:00',
			'Session-End: timeout 2025-13-45T99:99:99Z',
			'Session-End: timeout 2025-02-30T15:12:00Z',
			'Session-End: timeout 2025-11-19T15:12:00Z now',
			'Session-End: __proto__ 2025-11-19T15:12:00Z',
			`> ${ENDING}`,
			`it said ${ENDING}`,
		];
		for (const line of garbled) {
			it(`ignores ${line}`, () => {
				assert.deepEqual(readSessionMark(`${TRAILER}\n${line}`), { id: ID, form: 'trailer' });
			});
		}

		it('ignores one that stands before any session', () => {
			assert.deepEqual(readSessionMark(`${ENDING}\n${TRAILER}`), { id: ID, form: 'trailer' });
			assert.equal(readSessionMark(ENDING), undefined);
		});

		it('does not end the next session with the one before', () => {
			assert.deepEqual(readSessionMark(`${TRAILER}\n${ENDING}\nSession-Id: ${NEXT}`), { id: NEXT, form: 'trailer' });
		});
	});

	describe('the older system’s markers', () => {
		it('reads `[cursor-session: ID]` below its divider and comments', () => {
			const body = `Words\n\n---\n<!-- session tracking -->\n[cursor-session: ${ID}]\n`;
			assert.deepEqual(readSessionMark(body), { id: ID, form: 'older marker' });
		});

		it('reads `Session-ID: ID`, which differs from the trailer in case alone', () => {
			assert.deepEqual(readSessionMark(`Words\n\nSession-ID: ${ID}`), { id: ID, form: 'trailer' });
		});

		it('reads `<!-- 🤖 Auto-PR: Session ID -->`', () => {
			assert.deepEqual(readSessionMark(`<!-- 🤖 Auto-PR: Session ${ID} -->`), { id: ID, form: 'older marker' });
		});

		it('reads ids with dots and letters beyond ASCII whole', () => {
			for (const id of ['alice.smith-20251119-1430', '山田.太郎-20251119-1430']) {
				assert.equal(idOf(`[cursor-session: ${id}]`), id);
				assert.equal(idOf(`<!-- 🤖 Auto-PR: Session ${id} -->`), id);
			}
		});

		it('reads none inside a sentence, a quote or a code fence', () => {
			for (const marker of [`[cursor-session: ${ID}]`, `<!-- 🤖 Auto-PR: Session ${ID} -->`]) {
				for (const text of [`see ${marker}`, `${marker} here`, `> ${marker}`, `\`\`\`\n${marker}\n\`\`\``]) {
					assert.equal(readSessionMark(text), undefined, text);
				}
			}
		});
	});

	it('answers for any text, also for one that would hold a backtracking reader up', () => {
		const lines = ['Session-Id:', 'x'.repeat(50), ' '.repeat(50), '\n', '\r', '```', '-', '\u2028', TRAILER];
		const any = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(fc.constantFrom(...lines)).map((parts) => parts.join('')),
		);
		fc.assert(fc.property(any, (text) => assert.doesNotThrow(() => readSessionMark(text))));
		for (const filler of [' ', '\n', '`', '~', 'a', '\t\n']) {
			assert.equal(readSessionMark(`Session-Id: x${filler.repeat(65_536)}x`), undefined);
		}
	});
});

describe('readForeignSession', () => {
	it('reads the sessions of other tools, with the key in lower case', () => {
		assert.equal(readForeignSession('a\n\nEntire-Session: 7ad3'), 'entire-session: 7ad3');
		assert.equal(readForeignSession('a\r\n\r\nclaude-session: https://x/y\r\n'), 'claude-session: https://x/y');
	});

	it('reads none in prose, in a quote or without a value', () => {
		for (const text of [
			'the Entire-Session: 7ad3',
			'> Entire-Session: 7ad3',
			'Entire-Session:',
			'Other-Session: 7ad3',
		]) {
			assert.equal(readForeignSession(`title\n\n${text}`), undefined, text);
		}
	});
});

describe('readCoAuthors', () => {
	it('reads names and addresses, also behind a `---------` line', () => {
		const text =
			'a (#1)\n\n---------\n\nCo-authored-by: Bob <bob@example.com>\nco-authored-by:  Claude  <noreply@anthropic.com>';
		assert.deepEqual(readCoAuthors(text), [
			{ name: 'Bob', email: 'bob@example.com' },
			{ name: 'Claude', email: 'noreply@anthropic.com' },
		]);
	});

	it('passes over what is no person', () => {
		assert.deepEqual(
			readCoAuthors('Co-authored-by: Bob\nCo-authored-by: <a> <b>\nthanks, Co-authored-by: B <b@c.d>'),
			[],
		);
	});
});

describe('writeSessionTrailers', () => {
	it('takes 31 bytes on an empty body for a running session', () => {
		const body = writeSessionTrailers('', ID);
		assert.equal(body, TRAILER);
		assert.equal(Buffer.byteLength(body), 31);
	});

	it('puts them into a paragraph of their own', () => {
		assert.equal(writeSessionTrailers('Words', ID), `Words\n\n${TRAILER}`);
		assert.equal(writeSessionTrailers('Words\n', ID), `Words\n\n${TRAILER}`);
		assert.equal(writeSessionTrailers('Words\n\n', ID), `Words\n\n${TRAILER}`);
		assert.equal(writeSessionTrailers('Words\n\n\n', ID), `Words\n\n\n${TRAILER}`);
	});

	it('joins trailers that stand there', () => {
		const body = 'Words\n\nFixes: #12\nReviewed-by: Bob <bob@example.com>';
		assert.equal(writeSessionTrailers(body, ID), `${body}\n${TRAILER}`);
		assert.equal(writeSessionTrailers(`${body}\n`, ID), `${body}\n${TRAILER}`);
	});

	it('does not take the only paragraph for trailers: it is the text', () => {
		assert.equal(writeSessionTrailers('Note: done', ID), `Note: done\n\n${TRAILER}`);
	});

	it('writes CRLF into a body of CRLF', () => {
		assert.equal(writeSessionTrailers('Words\r\n', ID, ENDED), `Words\r\n\r\n${TRAILER}\r\n${ENDING}`);
	});

	it('does not let blanks at the end indent the trailer', () => {
		for (const body of ['     ', 'Words\n\n     ', 'Words\n\n\t', '\t']) {
			assert.equal(writeSessionTrailers(body, ID), `${body}\n${TRAILER}`);
		}
	});

	it('adds the ending below the id, whatever stands after it', () => {
		const open = writeSessionTrailers('Words', ID);
		assert.equal(writeSessionTrailers(open, ID, ENDED), `Words\n\n${TRAILER}\n${ENDING}`);
		assert.equal(
			writeSessionTrailers(`Words\r\n\r\n${TRAILER}\r\n\r\nmore`, ID, ENDED),
			`Words\r\n\r\n${TRAILER}\r\n${ENDING}\r\n\r\nmore`,
		);
		assert.equal(writeSessionTrailers(`a\r${TRAILER}\rb`, ID, ENDED), `a\r${TRAILER}\n${ENDING}\rb`);
	});

	it('adds the ending below the trailer and not below an example of it in a code fence', () => {
		const example = `\n\n\`\`\`\n${TRAILER}\n\`\`\`\n`;
		assert.equal(writeSessionTrailers(`${TRAILER}${example}`, ID, ENDED), `${TRAILER}\n${ENDING}${example}`);
	});

	it('writes both at once for a session that ended unseen', () => {
		assert.equal(writeSessionTrailers('', ID, ENDED), `${TRAILER}\n${ENDING}`);
	});

	it('keeps the ending that stands there', () => {
		const body = `${TRAILER}\n${ENDING}`;
		assert.equal(writeSessionTrailers(body, ID, { trigger: 'closed', at: at('18:00') }), body);
	});

	it('puts a second session of the same pull request below the first', () => {
		const first = writeSessionTrailers('Words', ID, ENDED);
		const second = writeSessionTrailers(first, NEXT);
		assert.equal(second, `${first}\nSession-Id: ${NEXT}`);
		assert.deepEqual(readSessionMark(second), { id: NEXT, form: 'trailer' });
	});

	it('ends the first session above the second when its ending comes late, and the second goes on', () => {
		const both = writeSessionTrailers(writeSessionTrailers('Words', ID), NEXT);
		const late = writeSessionTrailers(both, ID, ENDED);
		assert.equal(late, `Words\n\n${TRAILER}\n${ENDING}\nSession-Id: ${NEXT}`);
		assert.deepEqual(readSessionMark(late), { id: NEXT, form: 'trailer' });
	});

	it('adds the trailer beside the older system’s marker', () => {
		const body = `Words\n\n[cursor-session: ${ID}]`;
		assert.equal(writeSessionTrailers(body, ID), `${body}\n\n${TRAILER}`);
	});

	it('refuses with a sentence what GitHub would refuse, and cuts nothing', () => {
		const room = 65_536 - TRAILER.length - 2;
		assert.equal(writeSessionTrailers('x'.repeat(room), ID).length, 65_536);
		assert.throws(
			() => writeSessionTrailers('x'.repeat(room + 7), ID),
			(error) => error instanceof UserError && /has 65510 characters.* 65536: shorten it by 7 /.test(error.message),
		);
	});

	describe('for any body', () => {
		const pieces = fc.constantFrom(
			...[
				'',
				' ',
				'     ',
				'\t',
				'\n',
				'\n\n',
				'\r\n',
				'\r',
				'\u2028',
				'\u00a0',
				'Words',
				'Fixes: #12',
				'---------',
				'> ',
				'    ',
			],
			...[
				'```',
				'```js',
				'~~~',
				'`x`',
				'<!--',
				'-->',
				TRAILER,
				ENDING,
				`Session-ID: ${NEXT}`,
				`[cursor-session: ${ID}]`,
			],
			...['commit dddddddddddddddddddddddddddddddddddddddd', 'Entire-Session: 7ad3', 'Session-End: nonsense'],
		);
		const bodies = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(pieces).map((parts) => parts.join('')),
			fc.array(pieces).map((parts) => parts.join('\n')),
			fc.array(pieces).map((parts) => parts.join('\r\n')),
		);
		const people = fc.string({ unit: 'grapheme' }).map((name) => ({ name }));
		const ids = people.map((author) => mintSessionId(author, at('16:00'), () => false, ''));
		const endings = fc.option(
			fc.record<Ending>(
				{
					trigger: fc.constantFrom('explicit', 'timeout', 'heuristic', 'closed', 'orphaned'),
					at: fc.integer({ min: 0, max: 4e9 }).map((seconds) => seconds * 1000),
				},
				{ noNullPrototype: true },
			),
			{ nil: undefined },
		);
		const runs = { numRuns: 2000 };

		it('what is written is read again', () => {
			fc.assert(
				fc.property(bodies, ids, endings, (body, id, ending) => {
					fc.pre(!sessionsNamed(body).includes(id));
					const expected = { id, form: 'trailer', ...(ending && { ended: ending }) };
					assert.deepEqual(readSessionMark(writeSessionTrailers(body, id, ending)), expected);
				}),
				runs,
			);
		});

		it('doing it again changes nothing, and so does doing it for a session that has others below', () => {
			fc.assert(
				fc.property(bodies, ids, endings, (body, id, ending) => {
					const once = writeSessionTrailers(body, id, ending);
					assert.equal(writeSessionTrailers(once, id, ending), once);
					const below = writeSessionTrailers(once, 'zed-20251119-1700');
					assert.equal(writeSessionTrailers(below, id, ending), below);
				}),
				runs,
			);
		});

		it('adding the ending later gives what is read as both', () => {
			fc.assert(
				fc.property(bodies, ids, (body, id) => {
					fc.pre(!sessionsNamed(body).includes(id));
					const open = writeSessionTrailers(body, id);
					assert.deepEqual(readSessionMark(writeSessionTrailers(open, id, ENDED)), {
						id,
						form: 'trailer',
						ended: ENDED,
					});
				}),
				runs,
			);
		});

		it('everything else stays as it was to the byte: cutting out what was added gives the body back', () => {
			fc.assert(
				fc.property(bodies, ids, endings, (body, id, ending) => {
					const written = writeSessionTrailers(body, id, ending);
					let start = 0;
					while (start < body.length && body[start] === written[start]) start++;
					const added = written.length - body.length;
					assert.equal(written.slice(0, start) + written.slice(start + added), body);
					if (!sessionsNamed(body).includes(id)) {
						assert.match(written.slice(body.length), /^[\r\n]*Session-Id: \S+(?:\r?\nSession-End: \S+ \S+)?$/);
					}
				}),
				runs,
			);
		});
	});
});
