import { UserError } from '../core/userError.ts';

/** How long a chat's server may take, ms. */
const PATIENCE = 10_000;

/** This machine alone, where nothing is in between to listen. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Sends a message to a webhook that takes what Slack's take: docs.slack.dev, "Sending messages using incoming webhooks". The address is a
 * secret, since whoever has it may write there: no error repeats it, and no redirect takes the message elsewhere.
 * @throws UserError when the address is none, or the message did not arrive.
 */
export async function callWebhook(address: string, message: { text: string }): Promise<void> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.includes(url.hostname)))) {
		throw new UserError(
			'The webhook is no address that begins with https://, so nothing was sent: see your chat for it.',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw new UserError('The webhook has a name or password before its host, which cannot be sent: leave it out.');
	}
	let status: number;
	try {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json; charset=utf-8' },
			body: JSON.stringify(message),
			redirect: 'error',
			signal: AbortSignal.timeout(PATIENCE),
		});
		status = answer.status;
		await answer.body?.cancel();
	} catch (error) {
		throw new UserError(
			`The webhook did not take the message (${reasonOf(error)}): look at its address and the network.`,
		);
	}
	if (status >= 300) {
		throw new UserError(`The webhook refused the message (status ${status}): look at its address.`);
	}
}

/** The platform's own messages may repeat the address, so only a code is told. */
function reasonOf(error: unknown): string {
	const { name, cause } = error as Error & { cause?: { code?: unknown } };
	if (name === 'TimeoutError') return `no answer in ${PATIENCE / 1000} s`;
	const code = String(cause?.code ?? '');
	return /^[A-Z_]{2,40}$/.test(code) ? code : 'no connection';
}
