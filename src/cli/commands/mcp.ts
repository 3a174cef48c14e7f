import path from 'node:path';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { version } from '../../../package.json';
import { endSession } from '../../app/end.ts';
import { observe } from '../../app/observe.ts';
import { startSession } from '../../app/start.ts';
import { readCompleted, readOverview } from '../../app/status.ts';
import { letTimePass } from '../../app/transact.ts';
import { Workspace } from '../../app/workspace.ts';
import { UserError } from '../../core/userError.ts';
import { sessionJson } from '../describe.ts';
import { terminalHost } from '../host.ts';
import type { CommonOptions } from '../output.ts';
import { isoTime } from '../words.ts';

interface Tool {
	description: string;
	/** Members of its input: what each means. */
	input: Readonly<Record<string, { type: 'string' | 'integer'; description: string }>>;
	/** What it changes: agents ask before those that do. */
	readOnly: boolean;
	run(workspace: Workspace, input: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** The longest title, and the most sessions that are told at once. */
const LONGEST_TITLE = 200;
const MOST_TOLD = 100;

const TOOLS: Readonly<Record<string, Tool>> = {
	start_session: {
		description: 'Starts a session in this working copy, or goes on with the one that is running.',
		input: { title: { type: 'string', description: 'What the work is about, in a few words.' } },
		readOnly: false,
		async run(workspace, { title = '' }) {
			if (typeof title !== 'string') throw new UserError('The title is no text: give one, or none.');
			const { session, already } = (await startSession(workspace, title.trim().slice(0, LONGEST_TITLE))).result;
			return { session: sessionJson(session), already };
		},
	},
	session_status: {
		description: 'Tells which session is running in this working copy, and which others in this repository.',
		input: {},
		readOnly: true,
		async run(workspace) {
			await observe(workspace);
			await letTimePass(workspace);
			const { here, others } = await readOverview(workspace);
			return { session: here ? sessionJson(here) : null, others: others.map(sessionJson) };
		},
	},
	end_session: {
		description:
			'Completes the session of this working copy. Its trailers are published by the editor or "auto-pr publish".',
		input: {},
		readOnly: false,
		run: async (workspace) => ({ session: sessionJson((await endSession(workspace)).result) }),
	},
	session_history: {
		description: 'Lists completed sessions, newest first.',
		input: { limit: { type: 'integer', description: `How many at most: 1 to ${MOST_TOLD}, 10 where it is left out.` } },
		readOnly: true,
		async run(workspace, { limit = 10 }) {
			if (!Number.isInteger(limit) || (limit as number) < 1 || (limit as number) > MOST_TOLD) {
				throw new UserError(`The limit is no whole number from 1 to ${MOST_TOLD}: give one, or none.`);
			}
			const completed = await readCompleted(workspace, limit as number);
			return {
				sessions: completed.map((session) => ({
					id: session.id,
					title: session.title ?? null,
					started: isoTime(session.startedAt),
					ended: isoTime(session.completedAt),
					trigger: session.trigger,
					commits: session.commits.length,
					files: session.filesChanged,
					pullRequests: session.pullRequests,
				})),
			};
		},
	},
};

/** Serves until the agent closes its end. Standard output belongs to the protocol. */
export async function mcp({ repo }: CommonOptions): Promise<number> {
	const folder = path.resolve(repo);
	const server = new Server({ name: 'auto-pr-sessions', version }, { capabilities: { tools: {} } });
	server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: Object.entries(TOOLS).map(described) }));
	server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
		const tool = Object.hasOwn(TOOLS, params.name) ? TOOLS[params.name] : undefined;
		if (!tool) return failure(`There is no tool "${params.name}": there are ${Object.keys(TOOLS).join(', ')}.`);
		try {
			// Opened anew each time: the repository may not be there yet when the agent starts.
			const answer = await tool.run(await Workspace.open(folder, terminalHost()), params.arguments ?? {});
			return { content: [{ type: 'text', text: JSON.stringify(answer) }] };
		} catch (error) {
			return failure((error as Error).message);
		}
	});
	const closed = new Promise<void>((resolve) => {
		server.onclose = resolve;
		// The transport does not notice the end of its input.
		process.stdin.once('end', resolve);
	});
	await server.connect(new StdioServerTransport());
	await closed;
	return 0;
}

function described([name, { description, input, readOnly }]: [string, Tool]) {
	return {
		name,
		description,
		inputSchema: { type: 'object' as const, properties: input, additionalProperties: false },
		annotations: { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false },
	};
}

function failure(text: string) {
	return { isError: true, content: [{ type: 'text' as const, text }] };
}
