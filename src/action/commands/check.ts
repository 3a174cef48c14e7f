import { readScore } from '../../app/scoreOnce.ts';
import { GitHubError } from '../../github/errors.ts';
import { answer } from '../answers.ts';
import type { Answer, Command } from '../command.ts';
import type { Desk } from '../desk.ts';
import { say, warn } from '../log.ts';

/** Says whether what the event is about may be scored now, and of which files. */
export const check: Command = async (job, event) => {
	const { desk, answers } = await answer(job, event);
	return Promise.all(answers.map((answered) => withFiles(desk, answered)));
};

/** GitHub tells files a pull request at a time: of so many they are listed. */
const MOST_LISTED = 100;

async function withFiles({ search }: Desk, answered: Answer): Promise<Answer> {
	if (!search || answered.check.score === 'wait') return answered;
	const { github } = search;
	const { session, head } = answered;
	try {
		const score = session && (await readScore({ github, session, head }));
		const known = { ...answered, ...(score !== undefined && { score }) };
		if (answered.pullRequests.length > MOST_LISTED) {
			say(`The files are not listed: the session has more than ${MOST_LISTED} pull requests.`);
			return known;
		}
		const files = new Set<string>();
		for (const number of answered.pullRequests) {
			for (const { path } of await github.pullRequestFiles(number)) files.add(path);
		}
		return { ...known, files: [...files].sort() };
	} catch (error) {
		if (!(error instanceof GitHubError)) throw error;
		warn(`The files are not listed: ${error.message}`);
		return answered;
	}
}
