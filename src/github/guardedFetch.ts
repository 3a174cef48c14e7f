type Fetch = typeof globalThis.fetch;

interface Guard {
	/** Sends a request. */
	send: Fetch;
	/** The API's own; the token goes nowhere else. */
	origin: string;
	token: () => string | undefined;
	/** ms. */
	answerWithin: number;
	signal: AbortSignal | undefined;
}

/**
 * Sends one request, with the token only to the API itself, since the next page's address comes from an answer. Reads the
 * whole answer within the time limit: octokit takes one that breaks off for an empty one.
 */
export function guardFetch({ send, origin, token, answerWithin, signal }: Guard): Fetch {
	return async (url, init) => {
		const headers = new Headers(init?.headers);
		headers.set('x-github-api-version', '2022-11-28');
		const secret = new URL(String(url)).origin === origin ? token() : undefined;
		if (secret !== undefined) headers.set('authorization', `Bearer ${secret}`);
		const limit = startLimit(answerWithin, signal);
		try {
			return await readWhole(await send(url, { ...init, headers, signal: limit.signal }));
		} catch (error) {
			// octokit repeats any other error, whatever the signal's reason is.
			if (signal?.aborted) throw new DOMException('Aborted', 'AbortError');
			throw error;
		} finally {
			limit.stop();
		}
	};
}

/** A signal that comes with the outer one, or when the time is up. */
function startLimit(time: number, outer: AbortSignal | undefined): { signal: AbortSignal; stop: () => void } {
	const controller = new AbortController();
	const abort = () => controller.abort(outer?.reason);
	const timer = setTimeout(() => controller.abort(new Error(`no answer within ${time / 1000} s`)), time);
	outer?.addEventListener('abort', abort, { once: true });
	if (outer?.aborted) abort();
	return {
		signal: controller.signal,
		stop() {
			clearTimeout(timer);
			outer?.removeEventListener('abort', abort);
		},
	};
}

/** @throws for an answer that is not the API's, such as the sign-in page of a hotel's network. */
async function readWhole(response: Response): Promise<Response> {
	const { status, statusText, headers } = response;
	const body = await response.arrayBuffer();
	const type = headers.get('content-type') ?? 'nothing';
	if (response.ok && body.byteLength > 0 && !/^application\/(json|vnd\.github)\b/.test(type)) {
		throw new Error(`the answer is ${type.split(';', 1)[0]}, not from GitHub's API`);
	}
	return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
}
