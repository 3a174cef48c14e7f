import assert from 'node:assert/strict';
import { whileBusy } from './whileBusy.ts';

function failing(code: string, times: number): { action: () => Promise<string>; tries: () => number } {
	let tries = 0;
	const action = async () => {
		tries++;
		if (tries <= times) throw Object.assign(new Error(code), { code });
		return 'done';
	};
	return { action, tries: () => tries };
}

describe('whileBusy', () => {
	for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
		it(`tries again on Windows after ${code}`, async () => {
			const { action, tries } = failing(code, 3);
			assert.equal(await whileBusy(action, 'win32'), 'done');
			assert.equal(tries(), 4);
		});
	}

	it('gives up with the last error', async () => {
		await assert.rejects(whileBusy(failing('EPERM', 1000).action, 'win32'), { code: 'EPERM' });
	});

	it('takes no permission for an answer at once elsewhere', async () => {
		const { action, tries } = failing('EACCES', 1);
		await assert.rejects(whileBusy(action, 'linux'), { code: 'EACCES' });
		assert.equal(tries(), 1);
	});
});
