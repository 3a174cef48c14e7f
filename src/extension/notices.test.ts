import assert from 'node:assert/strict';
import { type Notice, Notices } from './notices.ts';

/** Notices whose windows the test answers. */
function makeNotices(silenced: readonly string[] = []) {
	const shown: { notice: Notice; answer(button?: string): void }[] = [];
	let kept = silenced;
	const failures: unknown[] = [];
	const notices = new Notices({
		show: (notice) => new Promise((resolve) => shown.push({ notice, answer: resolve })),
		silenced: {
			read: () => kept,
			write: (sentences) => {
				kept = sentences;
			},
		},
		dontShowAgain: 'Never again',
		failed: (error) => failures.push(error),
	});
	const tell = (sentence: string, offers: Notice['offers'] = []) =>
		notices.tell({ sentence, severity: 'warning', offers });
	return { notices, tell, shown, failures, kept: () => kept };
}

const settled = () => new Promise(setImmediate);

describe('notices', () => {
	it('come one at a time, the next when the first is gone', async () => {
		const { tell, shown } = makeNotices();
		for (const sentence of ['one', 'two']) tell(sentence);
		await settled();
		assert.deepEqual(
			shown.map(({ notice }) => notice.sentence),
			['one'],
		);
		shown[0]?.answer();
		await settled();
		assert.equal(shown[1]?.notice.sentence, 'two');
	});

	it('come once in a window', async () => {
		const { notices, tell, shown } = makeNotices();
		assert.equal(tell('one'), true);
		assert.equal(tell('one'), false);
		notices.noteTold('two');
		assert.equal(tell('two'), false);
		assert.equal(shown.length, 1);
	});

	it('carry out what was pressed', async () => {
		const { tell, shown } = makeNotices();
		let acted = 0;
		tell('one', [{ label: 'Mend', act: () => acted++ }]);
		shown[0]?.answer('Mend');
		await settled();
		assert.equal(acted, 1);
	});

	it('go on after a button that failed', async () => {
		const { tell, shown, failures } = makeNotices();
		const act = () => Promise.reject(new Error('no'));
		tell('one', [{ label: 'Mend', act }]);
		tell('two');
		shown[0]?.answer('Mend');
		await settled();
		assert.equal(failures.length, 1);
		assert.equal(shown[1]?.notice.sentence, 'two');
	});

	it('never come again where the user said so, in later windows too', async () => {
		const first = makeNotices();
		first.tell('one');
		assert.deepEqual(
			first.shown[0]?.notice.offers.map(({ label }) => label),
			['Never again'],
		);
		first.shown[0]?.answer('Never again');
		await settled();
		assert.deepEqual(first.kept(), ['one']);
		assert.equal(makeNotices(first.kept()).tell('one'), false);
	});
});
