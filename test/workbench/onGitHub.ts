import { type Editor, startEditor } from '../editor/editor.ts';
import { makeShop } from '../editor/shop.ts';
import { type GitHubServer, startGitHubServer } from '../github-server/server.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** A window with a repository that is octo/demo on the local GitHub server. */
interface OnGitHub {
	github: GitHubServer;
	/** What is pushed arrives here. */
	remote: TestRepository;
	/** Of the shop, on the branch `cart`. */
	repository: TestRepository;
	workbench: Workbench;
	close(): Promise<void>;
}

/** Opens it; `options` are the workbench's. What was begun is closed when the rest fails. */
export async function openOnGitHub(options: Parameters<typeof openWorkbench>[1] = {}): Promise<OnGitHub> {
	const closing: (() => Promise<unknown>)[] = [];
	const close = async () => {
		for (const one of closing.splice(0).reverse()) await one();
	};
	try {
		const github = await startGitHubServer();
		closing.push(() => github.close());
		github.addRepository({ owner: 'octo', name: 'demo' });
		const remote = await makeRepository();
		closing.push(async () => remote.dispose());
		const repository = await makeShop();
		closing.push(async () => repository.dispose());
		await repository.git('remote', 'add', 'origin', 'https://github.com/octo/demo.git');
		await repository.git('remote', 'set-url', '--push', 'origin', remote.root);
		await repository.git('switch', '--quiet', '--create', 'cart');
		const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token };
		const editor: Editor = await startEditor({ folders: [repository.root], env });
		closing.push(() => editor.stop());
		const workbench = await openWorkbench(editor, options);
		closing.push(() => workbench.close());
		return { github, remote, repository, workbench, close };
	} catch (error) {
		await close();
		throw error;
	}
}
