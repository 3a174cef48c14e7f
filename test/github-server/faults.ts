/** What shall go wrong with a request. */
export interface Fault {
	/** An error status, a connection that breaks, or an answer that never comes. */
	status: number | 'reset' | 'timeout';
	/** How many requests it hits. Default: 1. */
	times?: number;
	/** Which requests, by `METHOD /path`. Default: any. */
	match?: RegExp;
	/** Of the answer's document. Default: what GitHub says with this status. */
	message?: string;
	headers?: Record<string, string>;
	/** Instead of the document; for answers that do not come from GitHub. */
	text?: string;
	/** The request is carried out all the same, and only its answer is lost. */
	applied?: boolean;
}

const MESSAGES: Readonly<Record<number, string>> = {
	401: 'Bad credentials',
	403: 'Resource not accessible by integration',
	404: 'Not Found',
	429: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
	500: 'Server Error',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
};

export function messageOf(fault: Fault): string {
	return fault.message ?? MESSAGES[Number(fault.status)] ?? 'Error';
}

/** Faults that are yet to come, in their order. */
export class Faults {
	readonly #waiting: (Fault & { times: number })[] = [];

	add(fault: Fault): void {
		this.#waiting.push({ times: 1, ...fault });
	}

	/** Takes the one that hits a request. */
	take(method: string, path: string): Fault | undefined {
		const fault = this.#waiting.find(({ match }) => !match || match.test(`${method} ${path}`));
		if (!fault) return undefined;
		fault.times -= 1;
		if (fault.times <= 0) this.#waiting.splice(this.#waiting.indexOf(fault), 1);
		return fault;
	}
}
