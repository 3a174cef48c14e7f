import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../test/support/builders.ts';
import { isSessionId, mintSessionId, parseSessionId, slugOf } from './sessionId.ts';

const FREE = () => false;
const HALF_PAST = at('14:30');

describe('slugOf', () => {
	const names: [name: string, slug: string][] = [
		['Alice', 'alice'],
		['Alice Smith', 'alice-smith'],
		['alice.smith', 'alice.smith'],
		['dev_cursor', 'dev_cursor'],
		["Miles O'Brien", 'miles-obrien'],
		['Miles O’Brien', 'miles-obrien'],
		['José Núñez', 'josé-núñez'],
		['Øystein Ærlig', 'øystein-ærlig'],
		['山田 太郎', '山田-太郎'],
		['김철수', '김철수'],
		['محمد علي', 'محمد-علي'],
		['\u202Eשלום\u202C עולם', 'שלום-עולם'],
		['cursor[bot]', 'cursor-bot'],
		['copilot-swe-agent[bot]', 'copilot-swe-agent-bot'],
		['  J.  R.  Tolkien  ', 'j.r.tolkien'],
		['agent 007', 'agent-007'],
		['Bob ❤️ Smith', 'bob-smith'],
		['../../etc/passwd', 'etc-passwd'],
		['$(rm -rf) `x` <b>', 'rm-rf-x-b'],
		['a\u0000b\nc', 'a-b-c'],
	];
	for (const [name, slug] of names) {
		it(`makes ${slug} of ${JSON.stringify(name)}`, () => {
			assert.equal(slugOf({ name }), slug);
		});
	}

	it('makes the same of a name whose accents are separate characters', () => {
		assert.equal(slugOf({ name: 'José'.normalize('NFD') }), slugOf({ name: 'José'.normalize('NFC') }));
	});

	it('falls back to the address where the name has nothing readable', () => {
		assert.equal(slugOf({ name: '🤖🚀', email: 'robo.cop@example.com' }), 'robo.cop');
		assert.equal(slugOf({ name: '', email: 'robo@example.com' }), 'robo');
	});

	it('is never empty', () => {
		assert.equal(slugOf({ name: '' }), 'author');
		assert.equal(slugOf({ name: '🤖' }), 'author');
		assert.equal(slugOf({ name: '...', email: '@' }), 'author');
		assert.equal(slugOf({ name: '\u0301' }), 'author');
	});

	it('keeps a very long name short and whole', () => {
		assert.equal(slugOf({ name: 'x'.repeat(10_000) }).length, 60);
		assert.equal(slugOf({ name: `${'x'.repeat(59)} y` }), 'x'.repeat(59));
		// 𝒳 takes two UTF-16 code units, of which the cut must not leave one.
		assert.doesNotThrow(() => encodeURIComponent(slugOf({ name: `x${'𝓍'.repeat(100)}` })));
	});
});

describe('mintSessionId', () => {
	it('is the author and the minute in UTC', () => {
		assert.equal(mintSessionId({ name: 'Alice' }, HALF_PAST, FREE, ''), 'alice-20251119-1430');
		assert.equal(mintSessionId({ name: 'Alice' }, HALF_PAST + 59_999, FREE, ''), 'alice-20251119-1430');
	});

	it('tells two sessions of one minute apart by a short suffix', () => {
		const taken = new Set(['alice-20251119-1430']);
		const id = mintSessionId({ name: 'Alice' }, HALF_PAST, (known) => taken.has(known), 'abc');
		assert.match(id, /^alice-20251119-1430-[0-9a-f]{4}$/);
	});

	it('finds the same suffix again from the same seed', () => {
		const taken = (id: string) => id === 'alice-20251119-1430';
		const mint = (seed: string) => mintSessionId({ name: 'Alice' }, HALF_PAST, taken, seed);
		assert.equal(mint('abc'), mint('abc'));
		assert.notEqual(mint('abc'), mint('abd'));
	});

	it('goes on until an id is free', () => {
		const taken = new Set<string>();
		for (let count = 0; count < 200; count++) {
			taken.add(mintSessionId({ name: 'Alice' }, HALF_PAST, (id) => taken.has(id), 'the same seed'));
		}
		assert.equal(taken.size, 200);
	});
});

describe('parseSessionId', () => {
	it('takes an id apart', () => {
		assert.deepEqual(parseSessionId('alice-20251119-1430'), { author: 'alice', startedAt: HALF_PAST });
		assert.deepEqual(parseSessionId('alice-20251119-1430-7f3a'), {
			author: 'alice',
			startedAt: HALF_PAST,
			suffix: '7f3a',
		});
	});

	it('reads an id with dots and letters beyond ASCII whole', () => {
		assert.equal(parseSessionId('alice.smith-20251119-1430')?.author, 'alice.smith');
		assert.equal(parseSessionId('山田-太郎-20251119-1430')?.author, '山田-太郎');
	});

	it('reads from the right, since a name may end in digits', () => {
		assert.equal(parseSessionId('agent-007-20251119-1430')?.author, 'agent-007');
		assert.equal(parseSessionId('alice-20240101-0000-20251119-1430')?.author, 'alice-20240101-0000');
		assert.deepEqual(parseSessionId('a-20240101-20251119-1430-1430'), {
			author: 'a-20240101',
			startedAt: HALF_PAST,
			suffix: '1430',
		});
	});

	for (const id of ['alice-20251341-1430', 'alice-20250230-1430', 'alice-20251119-2460', 'alice-20251119-1260']) {
		it(`refuses ${id}: there is no such minute`, () => {
			assert.equal(parseSessionId(id), undefined);
		});
	}

	it('takes the leap day of a leap year', () => {
		assert.ok(isSessionId('alice-20240229-0000'));
		assert.ok(!isSessionId('alice-20250229-0000'));
	});

	const refused = [
		'',
		'alice',
		'-20251119-1430',
		'alice-20251119',
		'alice-20251119-1430-',
		'alice-20251119-1430-xyz',
		'alice-20251119-1430-7F3A',
		'alice-20251119-1430-123456789',
		'../alice-20251119-1430',
		'a/b-20251119-1430',
		'a\\b-20251119-1430',
		'a..b-20251119-1430',
		'.a-20251119-1430',
		'a b-20251119-1430',
		'<b>-20251119-1430',
		'a"b-20251119-1430',
		'$(x)-20251119-1430',
		'a;b-20251119-1430',
		'a%2fb-20251119-1430',
		'a\u202Eb-20251119-1430',
		'a\n-20251119-1430',
		'alice-20251119-1430\n',
		'alice-２０２５1119-1430',
		`${'x'.repeat(100)}-20251119-1430`,
	];
	for (const text of refused) {
		it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
			assert.equal(parseSessionId(text), undefined);
		});
	}

	it('reads back whatever is minted, for any name and address, at any minute', () => {
		const person = fc.record({ name: fc.string({ unit: 'binary' }), email: fc.string({ unit: 'binary' }) });
		const minutes = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59) / 60_000 });
		fc.assert(
			fc.property(person, minutes, fc.boolean(), (author, minute, first) => {
				const plain = mintSessionId(author, minute * 60_000, FREE, '');
				const id = first ? plain : mintSessionId(author, minute * 60_000, (taken) => taken === plain, 'seed');
				const parts = parseSessionId(id);
				assert.equal(parts?.author, slugOf(author));
				assert.equal(parts.startedAt, minute * 60_000);
				assert.equal(parts.suffix !== undefined, !first);
			}),
		);
	});

	it('reads back ids of authors who are called like an id', () => {
		const digits = fc.stringMatching(/^[0-9]{4,8}$/);
		const name = fc.array(fc.oneof(digits, fc.constantFrom('alice', '20251119', '1430', 'beef')), { minLength: 1 });
		fc.assert(
			fc.property(name, (words) => {
				const author = { name: words.slice(0, 6).join('-') };
				const id = mintSessionId(author, HALF_PAST, FREE, '');
				assert.deepEqual(parseSessionId(id), { author: slugOf(author), startedAt: HALF_PAST });
			}),
		);
	});

	it('answers whatever it is given', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(typeof isSessionId(text), 'boolean')));
	});
});
