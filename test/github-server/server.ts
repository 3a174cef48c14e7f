import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Answers } from './answers.ts';
import { type Call, findOperation, violationsOfAnswer, violationsOfCall } from './description.ts';
import { type Fault, Faults, messageOf } from './faults.ts';
import { handlers, levelOf, type Outcome } from './operations.ts';
import { notFound, Refusal, refusalDocument } from './refusal.ts';
import {
	addComment,
	addIssue,
	addPullRequest,
	addRepository,
	type Comment,
	createState,
	findRepository,
	type Issue,
	type Level,
	type NewPullRequest,
	type NewRepository,
	type Repository,
	type State,
} from './state.ts';

/** A request that arrived, whatever became of it. */
interface LoggedRequest {
	method: string;
	/** Decoded only as far as the platform does; without the query. */
	path: string;
	query: Record<string, string>;
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The parsed document; undefined without one. */
	body: unknown;
	/** Of the answer; undefined while there is none. */
	status?: number;
}

/**
 * A GitHub of one's own, in memory, for tests. It keeps state, serves lists in pages, refuses as GitHub does, and holds every
 * request and answer against GitHub's OpenAPI description.
 */
export interface GitHubServer {
	/** Of the API, for `Forge.apiUrl` or GITHUB_API_URL. */
	readonly url: string;
	/** A token of `login`, who administers each repository that is added. */
	readonly token: string;
	readonly login: string;
	readonly state: State;
	readonly requests: LoggedRequest[];
	/** What went against the description, in requests or answers. A test that used the server asserts that it is empty. */
	readonly violations: string[];
	/** Without a repository, the methods below mean the first one. */
	addRepository(given?: NewRepository): Repository;
	addPullRequest(given?: NewPullRequest, repository?: Repository): Issue & { pull: NonNullable<Issue['pull']> };
	addIssue(given?: Partial<Issue>, repository?: Repository): Issue;
	addComment(number: number, body: string, author?: string, repository?: Repository): Comment;
	setPermission(login: string, level: Level, repository?: Repository): void;
	/** @returns a token for another account. */
	addToken(login: string): string;
	/** @returns a token that writes nothing, whatever its account may: a job's for a pull request from a fork. */
	addReadOnlyToken(login: string): string;
	failNext(fault: Fault): void;
	/** Every connection breaks until `goOnline`. */
	goOffline(): void;
	goOnline(): void;
	close(): Promise<void>;
}

/** @param now The server's clock, ms UTC. */
export async function startGitHubServer(now: () => number = Date.now): Promise<GitHubServer> {
	const state = createState(now);
	const requests: LoggedRequest[] = [];
	const violations: string[] = [];
	const faults = new Faults();
	let offline = false;

	const http = createServer((incoming, response) => {
		if (offline) incoming.socket.destroy();
		else void handle(incoming, response).catch((error) => fail(response, error));
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
	const answers = new Answers(state, url);

	async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const text = await readText(incoming);
		const target = new URL(incoming.url ?? '/', url);
		const logged: LoggedRequest = {
			method: incoming.method ?? 'GET',
			path: target.pathname,
			query: Object.fromEntries(target.searchParams),
			headers: incoming.headers,
			body: undefined,
		};
		requests.push(logged);
		const fault = faults.take(logged.method, logged.path);
		if (fault && !fault.applied) return answerWith(fault, logged, response);
		const reply = answer(logged, target, text);
		if (fault) return answerWith(fault, logged, response);
		logged.status = reply.status;
		send(response, reply);
	}

	/** Answers, or breaks, as the fault says. */
	function answerWith(fault: Fault, logged: LoggedRequest, response: ServerResponse): void {
		if (fault.status === 'timeout') return;
		if (fault.status === 'reset') {
			response.socket?.destroy();
			return;
		}
		logged.status = fault.status;
		const type = fault.text === undefined ? JSON_TYPE : 'text/html; charset=utf-8';
		const text = fault.text ?? JSON.stringify(refusalDocument(fault.status, messageOf(fault)));
		send(response, { status: fault.status, headers: { 'content-type': type, ...fault.headers }, text });
	}

	function answer(logged: LoggedRequest, target: URL, text: string): Reply {
		try {
			logged.body = parseBody(text);
			return carryOut(logged, target);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return json(error.status, refusalDocument(error.status, error.message, error.errors));
		}
	}

	function carryOut(logged: LoggedRequest, target: URL): Reply {
		const login = signIn(state, logged.headers.authorization);
		if (logged.method !== 'GET' && state.readOnly.has(tokenIn(logged.headers.authorization))) {
			throw new Refusal(403, 'Resource not accessible by integration');
		}
		const found = findOperation(logged.method, canonicalPath(state, target.pathname));
		if (!found) throw violated(`${logged.method} ${target.pathname}: no such operation`);
		const call: Call = { ...found, query: target.searchParams, body: logged.body };
		const wrong = violationsOfCall(call);
		if (wrong.length > 0) throw violated(`${found.operation.id}: ${wrong.join('; ')}`);
		const { owner = '', repo = '' } = found.path;
		const repository = findRepository(state, owner, repo);
		if (!repository || levelOf(repository, login) === 'none') throw notFound();
		const handler = handlers[found.operation.id];
		if (!handler) throw violated(`${found.operation.id}: the server does not know it`);
		const accept = String(logged.headers.accept);
		const body = (logged.body ?? {}) as Record<string, unknown>;
		const request = { state, answers, repository, login, path: found.path, query: target.searchParams, body, accept };
		return checked(call, () => toReply(handler(request), target, `${url}/repositories/${repository.id}`));
	}

	/** Holds an answer, also a refusal, against the description. */
	function checked({ operation }: Call, work: () => Reply): Reply {
		let reply: Reply;
		try {
			reply = work();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			reply = json(error.status, refusalDocument(error.status, error.message, error.errors));
		}
		const type = String(reply.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
		const data =
			reply.text === undefined ? undefined : type === 'application/json' ? JSON.parse(reply.text) : reply.text;
		const wrong = violationsOfAnswer(operation, reply.status, type, data);
		if (wrong.length > 0) throw violated(`answer of ${operation.id}: ${wrong.join('; ')}`);
		return reply;
	}

	function violated(what: string): Refusal {
		violations.push(what);
		return new Refusal(500, `Against GitHub's description: ${what}`);
	}

	function fail(response: ServerResponse, error: unknown): void {
		violations.push(`the server failed: ${error instanceof Error ? error.stack : String(error)}`);
		send(response, json(500, refusalDocument(500, 'The test server failed.')));
	}

	function first(): Repository {
		const [repository] = state.repositories.values();
		if (!repository) throw new Error('Add a repository first.');
		return repository;
	}

	const login = 'alice';
	return {
		url,
		token: issueToken(state, login),
		login,
		state,
		requests,
		violations,
		addRepository: (given = {}) => addRepository(state, login, given),
		addPullRequest: (given = {}, repository = first()) => addPullRequest(state, repository, given),
		addIssue: (given = {}, repository = first()) => addIssue(state, repository, given),
		addComment: (issue, body, author = login, repository = first()) =>
			addComment(state, repository, { issue, author, body }),
		setPermission: (whose, level, repository = first()) => void repository.permissions.set(whose, level),
		addToken: (whose) => issueToken(state, whose),
		addReadOnlyToken(whose) {
			const token = issueToken(state, whose);
			state.readOnly.add(token);
			return token;
		},
		failNext: (fault) => faults.add(fault),
		goOffline() {
			offline = true;
			http.closeAllConnections();
		},
		goOnline() {
			offline = false;
		},
		close() {
			http.closeAllConnections();
			return new Promise((resolve, reject) => http.close((error) => (error ? reject(error) : resolve())));
		},
	};
}

const JSON_TYPE = 'application/json; charset=utf-8';

interface Reply {
	status: number;
	headers: Record<string, string>;
	text?: string;
}

function json(status: number, data: unknown): Reply {
	return { status, headers: { 'content-type': JSON_TYPE }, text: JSON.stringify(data) };
}

function toReply(outcome: Outcome, target: URL, repositoryUrl: string): Reply {
	if (outcome.list) return toPage(outcome.list, target, repositoryUrl);
	if (outcome.raw !== undefined) {
		const headers = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };
		return { status: 200, headers, text: outcome.raw };
	}
	const status = outcome.status ?? 200;
	return outcome.data === undefined ? { status, headers: {} } : json(status, outcome.data);
}

/** One page, with the addresses of its neighbours, which GitHub gives by the repository's number and not by its name. */
function toPage(list: unknown[], target: URL, repositoryUrl: string): Reply {
	const size = Math.min(Number(target.searchParams.get('per_page') ?? 30), 100);
	const page = Number(target.searchParams.get('page') ?? 1);
	const last = Math.max(1, Math.ceil(list.length / size));
	const reply = json(200, list.slice((page - 1) * size, page * size));
	const link = (number: number, rel: string) => {
		const query = new URLSearchParams(target.searchParams);
		query.set('page', String(number));
		const path = target.pathname.replace(/^.*?\/(repos\/[^/]+\/[^/]+|repositories\/\d+)/, '');
		return `<${repositoryUrl}${path}?${query}>; rel="${rel}"`;
	};
	const links = [
		...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
		...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
	];
	if (links.length > 0) reply.headers.link = links.join(', ');
	return reply;
}

function send(response: ServerResponse, { status, headers, text }: Reply): void {
	const limits = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999', 'x-ratelimit-resource': 'core' };
	response.writeHead(status, { ...limits, ...headers });
	response.end(text);
}

async function readText(incoming: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): unknown {
	if (text === '') return undefined;
	try {
		const body: unknown = JSON.parse(text);
		if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
	} catch {
		// Refused below, like a document that is no object.
	}
	throw new Refusal(400, 'Problems parsing JSON');
}

function issueToken(state: State, login: string): string {
	const token = `ghp_${login}${state.tokens.size}`;
	state.tokens.set(token, login);
	return token;
}

/** @returns whose token it is; undefined without one. */
function signIn(state: State, authorization: string | string[] | undefined): string | undefined {
	if (authorization === undefined) return undefined;
	const login = state.tokens.get(tokenIn(authorization));
	if (login === undefined) throw new Refusal(401, 'Bad credentials');
	return login;
}

function tokenIn(authorization: string | string[] | undefined): string {
	return /^(?:bearer|token) (\S+)$/i.exec(String(authorization))?.[1] ?? '';
}

/** The path as the description has it: without Enterprise Server's prefix, and with a repository's name for its number. */
function canonicalPath(state: State, pathname: string): string {
	const path = pathname.replace(/^\/api\/v3(?=\/)/, '');
	const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
	const repository = [...state.repositories.values()].find((it) => it.id === Number(id));
	return repository ? `/repos/${repository.owner}/${repository.name}${rest}` : path;
}
