/**
 * What the hooks of coding agents tell: that an agent edits (which starts a session where none runs), that it is otherwise at work,
 * or that its conversation is over.
 */
export const AGENT_SIGNALS = ['edit', 'active', 'end'] as const;
export type AgentSignal = (typeof AGENT_SIGNALS)[number];

/** One thing that an agent's hook told. */
export interface AgentNote {
	/** The agent's key: `cursor`. */
	agent: string;
	signal: AgentSignal;
	/** The agent's own id of the conversation. */
	conversation?: string;
}

/** An agent whose hooks set-up can write. */
interface HookedAgent {
	/** As `accounts.ts` calls it. */
	name: string;
	/** The signal of each event that is asked for; with the tools where an event is each tool's (a matcher, in Claude Code). */
	events: readonly { event: string; signal: AgentSignal; tools?: string }[];
}

/**
 * The events that are asked for. No event that the agent waits for before it answers, such as `beforeSubmitPrompt`. A turn's end (`stop`) is no end of
 * the work: only the conversation's is. Sources: cursor.com/docs/agent/hooks and code.claude.com/docs/en/hooks.
 */
export const HOOKED_AGENTS: Readonly<Record<'cursor' | 'claude', HookedAgent>> = {
	cursor: {
		name: 'Cursor',
		events: [
			{ event: 'sessionStart', signal: 'active' },
			{ event: 'afterFileEdit', signal: 'edit' },
			{ event: 'afterShellExecution', signal: 'active' },
			{ event: 'stop', signal: 'active' },
			{ event: 'sessionEnd', signal: 'end' },
		],
	},
	claude: {
		name: 'Claude',
		events: [
			{ event: 'SessionStart', signal: 'active' },
			{ event: 'PostToolUse', signal: 'edit', tools: 'Edit|MultiEdit|Write|NotebookEdit' },
			{ event: 'PostToolUse', signal: 'active', tools: 'Bash' },
			{ event: 'Stop', signal: 'active' },
			{ event: 'SessionEnd', signal: 'end' },
		],
	},
};

/** An agent's key, and an id of its own making: neither holds anything that a path or a shell gives a meaning to. */
const AGENT = /^[a-z][a-z0-9-]{0,19}$/;
const CONVERSATION = /^[A-Za-z0-9_-]{1,80}$/;

/** Conversations that stop for these reasons are often taken up again. Time decides then. */
const PAUSES = new Set(['window_close', 'resume', 'aborted', 'error']);

/** The name that people know an agent by. */
export function agentName(agent: string): string {
	return Object.hasOwn(HOOKED_AGENTS, agent) ? HOOKED_AGENTS[agent as keyof typeof HOOKED_AGENTS].name : agent;
}

export function isAgentKey(text: string): boolean {
	return AGENT.test(text);
}

/**
 * The file name that a note is left under; it is the whole note, so the same one twice is one, and nothing of what the agent said is kept.
 * `agentHookScript.ts` makes the same names.
 */
export function nameOfNote({ agent, signal, conversation }: AgentNote): string {
	return conversation === undefined ? `${signal}.${agent}` : `${signal}.${agent}.${conversation}`;
}

/** The note that a file name stands for; undefined for any other file. */
export function noteOfName(name: string): AgentNote | undefined {
	const [first = '', agent = '', conversation, ...more] = name.split('.');
	const signal = AGENT_SIGNALS.find((one) => one === first);
	if (!signal || !AGENT.test(agent) || more.length > 0) return undefined;
	if (conversation === undefined) return { agent, signal };
	return CONVERSATION.test(conversation) ? { agent, signal, conversation } : undefined;
}

/**
 * Reads the JSON that an agent gives its hooks on standard input; undefined when it is none. Agents agree on little more than
 * `hook_event_name` and an id; what is missing or odd only makes the note say less.
 */
export function noteOfPayload(agent: string, text: string): AgentNote | undefined {
	const payload = parseObject(text);
	if (!payload || !AGENT.test(agent)) return undefined;
	const signal = signalOf(textOf(payload, 'hook_event_name'), textOf(payload, 'tool_name'), textOf(payload, 'reason'));
	const id = textOf(payload, 'conversation_id') || textOf(payload, 'session_id') || textOf(payload, 'sessionId');
	return { agent, signal, ...(CONVERSATION.test(id) && { conversation: id }) };
}

function signalOf(event: string, tool: string, reason: string): AgentSignal {
	const name = event.toLowerCase();
	if (name === 'sessionend') return PAUSES.has(reason) ? 'active' : 'end';
	return /fileedit$/.test(name) || (name === 'posttooluse' && /edit|write|patch/i.test(tool)) ? 'edit' : 'active';
}

function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

function textOf(payload: Record<string, unknown>, key: string): string {
	const value = payload[key];
	return typeof value === 'string' ? value : '';
}
