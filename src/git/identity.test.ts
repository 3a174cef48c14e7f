import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../../test/support/repository.ts';
import { readIdentity } from './identity.ts';
import { locate } from './locate.ts';
import type { Location } from './location.ts';

describe('who would author a commit here', () => {
	let repository: TestRepository;
	let location: Location;
	beforeEach(async () => {
		repository = await makeRepository();
		location = await locate(repository.root);
	});
	afterEach(() => repository.dispose());

	it('is who git says', async () => {
		await repository.git('config', 'user.name', 'Zoë O’Hara');
		assert.deepEqual(await readIdentity(location), { name: 'Zoë O’Hara', email: 'test@example.com' });
	});

	it('is the author rather than the user, where they differ', async () => {
		await repository.git('config', 'author.email', 'author@example.com');
		assert.deepEqual(await readIdentity(location), { name: 'Test Author', email: 'author@example.com' });
	});

	it('is what is known of them, where git wants more', async () => {
		await repository.git('config', 'user.useConfigOnly', 'true');
		await repository.git('config', '--unset', 'user.email');
		assert.deepEqual(await readIdentity(location), { name: 'Test Author' });
	});

	it('is nobody, where nothing is known', async () => {
		await repository.git('config', 'user.useConfigOnly', 'true');
		await repository.git('config', '--remove-section', 'user');
		await repository.git('config', 'user.useConfigOnly', 'true');
		assert.deepEqual(await readIdentity(location), { name: '' });
	});
});
