import { setTimeout as sleep } from 'node:timers/promises';
import type { TestRepository } from '../support/repository.ts';

interface Step {
	message: string;
	/** Paths from the top of the repository; each is written anew. */
	files: string[];
}

/** What a coding agent does for a while, again and again. */
const steps: readonly Step[] = [
	{ message: 'Auto-PR: src (1 files)', files: ['src/cart.ts'] },
	{ message: 'wip: prices in cents', files: ['src/cart.ts', 'src/price.ts'] },
	{ message: 'Auto-PR: src (2 files)', files: ['src/price.ts', 'src/tax.ts'] },
	{ message: 'checkpoint: tests for the cart', files: ['test/cart.test.ts'] },
	{ message: 'Auto-PR: lib (1 files)', files: ['lib/format.ts'] },
	{ message: 'checkpoint: describe the cart', files: ['docs/cart.md', 'README.md'] },
];

export interface Pace {
	/** Between two commits, ms. */
	every: number;
	/** The agent stops after this many commits. */
	commits: number;
	signal: AbortSignal;
	/** Hears of each commit. */
	tell(message: string): void;
}

/** Commits like an agent until it has made its commits or is stopped. */
export async function work(repository: TestRepository, pace: Pace): Promise<void> {
	for (let number = 0; number < pace.commits && !pace.signal.aborted; number += 1) {
		const { message, files } = steps[number % steps.length]!;
		const sha = await repository.commit(
			message,
			Object.fromEntries(files.map((file) => [file, draftOf(file, number + 1)])),
		);
		pace.tell(`${sha.slice(0, 7)} ${message}`);
		await sleep(pace.every, undefined, { signal: pace.signal }).catch(() => {});
	}
}

function draftOf(file: string, number: number): string {
	return file.endsWith('.md') ? `# Shop\n\nDraft ${number}.\n` : `export const draft = ${number};\n`;
}
