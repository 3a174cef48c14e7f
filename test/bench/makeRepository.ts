import { mkdirSync } from 'node:fs';
import { openRepository, type TestRepository } from '../support/repository.ts';

/** A repository with one commit, in a folder that need not exist. */
export async function makeRepository(root: string): Promise<TestRepository> {
	mkdirSync(root, { recursive: true });
	const repository = openRepository(root);
	await repository.git('init', '--quiet', '--initial-branch=main');
	await repository.git('config', 'user.name', 'Test Author');
	await repository.git('config', 'user.email', 'test@example.com');
	await repository.commit('Begin', { 'README.md': '# Demo\n' });
	return repository;
}
