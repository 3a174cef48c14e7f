import { makeRepository, type TestRepository } from '../support/repository.ts';

/** A repository of Alice's to open in an editor, with two files and one commit by hand. */
export async function makeShop(): Promise<TestRepository> {
	const repository = await makeRepository();
	await repository.git('config', 'user.name', 'Alice');
	await repository.git('config', 'user.email', 'alice@example.com');
	await repository.commit('Start the shop', { 'README.md': '# Shop\n', 'src/shop.ts': 'export const open = true;\n' });
	return repository;
}
