import { execFileSync } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../editor/paths.ts';
import { makeShop } from '../editor/shop.ts';
import { DAY, HOUR, MINUTE } from '../support/builders.ts';
import { openRepository, type TestRepository } from '../support/repository.ts';

/**
 * What an agent made on earlier days, longer ago than a session with a trailer may rest (7 days): days ago, minutes from commit to commit, and how many commits.
 */
const sessions = [
	{ days: 21, minutes: 4, commits: 6, topic: 'search' },
	{ days: 17, minutes: 7, commits: 4, topic: 'prices' },
	{ days: 13, minutes: 3, commits: 9, topic: 'checkout' },
	{ days: 10, minutes: 5, commits: 5, topic: 'invoices' },
	{ days: 9, minutes: 6, commits: 7, topic: 'accounts' },
];

/** The shop in a folder of that name, since the name is in the pictures, with completed sessions. */
export async function makePictureShop(): Promise<TestRepository> {
	const made = await makeShop();
	const folder = await mkdtemp(path.join(tmpdir(), 'auto-pr-'));
	await rename(made.root, path.join(folder, 'shop'));
	const repository = openRepository(path.join(folder, 'shop'));
	await completeEarlierSessions(repository);
	return { ...repository, dispose: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Gives a repository sessions that completed on the days before, as their trailers in history tell. Needs `npm run build`. */
async function completeEarlierSessions(repository: TestRepository): Promise<void> {
	const today = Math.floor(Date.now() / DAY) * DAY;
	// Older than all that follows.
	const start = new Date(today - 30 * DAY).toISOString();
	await repository.run(['commit', '--quiet', '--amend', '--no-edit', `--date=${start}`], {
		env: { GIT_COMMITTER_DATE: start },
	});
	for (const { days, minutes, commits, topic } of sessions) {
		const begun = today - days * DAY + 9 * HOUR + (days % 7) * 13 * MINUTE;
		const id = `alice-${new Date(begun).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')}`;
		for (let number = 1; number <= commits; number++) {
			const last = number === commits;
			const file = last ? `docs/${topic}.md` : `${number % 3 === 0 ? 'test' : 'src'}/${topic}${number}.ts`;
			const message = `wip: ${topic}, step ${number}\n\nSession-Id: ${id}\n`;
			await repository.commit(message, { [file]: `${topic}\n` }, { at: begun + number * minutes * MINUTE });
		}
	}
	execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), 'rebuild', '--repo', repository.root]);
}
