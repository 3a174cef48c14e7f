import { check as checkPullRequest, type PullRequestInput, pullRequestIn } from '../../app/checkPullRequest.ts';
import { settleNear } from '../../app/settleNear.ts';
import { UserError } from '../../core/userError.ts';
import { readWhole } from '../input.ts';
import { type CommonOptions, show } from '../output.ts';

interface CheckOptions extends CommonOptions {
	event?: string;
	pr?: string;
	title?: string;
	bodyFile?: string;
	author?: string;
	outputs?: boolean;
}

/** GitHub's own limit for a payload, bytes: docs.github.com, "Webhook events and payloads", "Payload cap". */
const LARGEST_EVENT = 25 * 1024 * 1024;

/** More than the 65,536 characters that GitHub lets a body have, in bytes. */
const LARGEST_BODY = 1024 * 1024;

/** Starts no git process and asks no forge, so that a job on every push may run it. */
export async function check(options: CheckOptions): Promise<number> {
	const input = await (options.event === undefined ? fromFlags(options) : fromEvent(options));
	const answered = checkPullRequest(input, await settleNear(options.repo));
	const { auto, rule, because, session, score, trigger, answer } = answered;
	if (options.outputs) {
		const { appendOutputs, outputsOf } = await import('../../files/githubActions.ts');
		await appendOutputs(process.env.GITHUB_OUTPUT, outputsOf(answered));
	}
	const json = {
		number: input.number ?? null,
		auto,
		reason: rule,
		because,
		session: session ?? null,
		score,
		trigger: trigger ?? null,
		answer,
	};
	show(options, json, [answer, `${auto ? 'Automatic' : 'Not automatic'}: ${because} (rule: ${rule}).`]);
	return score === 'now' || options.outputs ? 0 : 1;
}

async function fromEvent({ event, pr, title, bodyFile, author }: CheckOptions): Promise<PullRequestInput> {
	if ([pr, title, bodyFile, author].some((flag) => flag !== undefined)) {
		throw new UserError('Give --event, or the pull request by --title, --author and so on, not both.');
	}
	const text = await readWhole(event!, LARGEST_EVENT);
	let payload: unknown;
	try {
		payload = JSON.parse(text);
	} catch (error) {
		throw new UserError(`The event ${event} is not JSON: ${(error as Error).message}.`);
	}
	return pullRequestIn(payload);
}

async function fromFlags({ pr, title, bodyFile, author }: CheckOptions): Promise<PullRequestInput> {
	if (title === undefined || author === undefined) {
		throw new UserError("Give the event's file by --event, or the pull request by --title and --author.");
	}
	if (pr !== undefined && !/^[1-9]\d{0,9}$/.test(pr)) {
		throw new UserError(`--pr takes the number of a pull request, not "${pr}".`);
	}
	const body = bodyFile === undefined ? '' : await readWhole(bodyFile, LARGEST_BODY);
	return { title, author, body, ...(pr !== undefined && { number: Number(pr) }) };
}
