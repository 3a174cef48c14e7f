import assert from 'node:assert/strict';
import { identityOf } from './person.ts';

describe('identityOf', () => {
	it('is the address, whatever the name', () => {
		assert.equal(
			identityOf({ name: 'Alice', email: 'Alice@Example.com ' }),
			identityOf({ name: 'A. S.', email: 'alice@example.com' }),
		);
	});

	it('takes both forms of a GitHub noreply address for one account', () => {
		assert.equal(
			identityOf({ name: '', email: '1234+alice@users.noreply.github.com' }),
			identityOf({ name: '', email: 'alice@users.noreply.github.com' }),
		);
	});

	it('keeps a number in any other address', () => {
		assert.notEqual(
			identityOf({ name: '', email: '1+a@example.com' }),
			identityOf({ name: '', email: 'a@example.com' }),
		);
	});

	it('is the name where there is no address, however its accents are stored', () => {
		assert.equal(identityOf({ name: ' José ' }), identityOf({ name: 'JOSÉ'.normalize('NFD'), email: ' ' }));
		assert.notEqual(identityOf({ name: 'José' }), identityOf({ name: 'Jose' }));
	});
});
