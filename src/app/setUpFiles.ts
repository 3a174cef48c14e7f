import { AGENT_HOOK_SCRIPT, agentHookScript } from '../core/agentHookScript.ts';
import { sealed } from '../files/seal.ts';
import { agentHookItems, HOOK_GROUP, isOurHook, isOutdatedHook } from './agentHookItems.ts';
import type { JsonEntry, UnwantedItems } from './jsonEntries.ts';

/** What can be chosen, or left out, of a set-up. */
export const PARTS = [
	'configuration',
	'hook',
	'exclude',
	'merge-driver',
	'workflows',
	'cursor',
	'claude',
	'mcp',
] as const;
export type Part = (typeof PARTS)[number];

/** A file that is ours as a whole. */
export type WholeFile = Extract<SetUpFile, { text: string }>;

/** A file of another tool, in which we keep entries. */
export type EntriesFile = Extract<SetUpFile, { entries: readonly JsonEntry[] }>;

/** A file that set-up writes as a whole, or in which it keeps entries of its own; or one that it cannot write, `what` says why. */
export type SetUpFile = { part: Part; path: string; what: string } & (
	| {
			text: string;
			/** Texts of earlier versions that had no seal. */
			earlier?: readonly string[];
	  }
	| {
			entries: readonly JsonEntry[];
			/** What earlier versions wrote and this one does not. */
			outdated?: UnwantedItems;
			/** All that is ours, of whatever version. */
			ours?: UnwantedItems;
	  }
	| { unavailable: true }
);

/** The files of the agents. Paths are below the top of the work tree. */
export function agentFiles(): SetUpFile[] {
	return [...cursorFiles(), ...claudeFiles(), ...mcpFiles()];
}

function script(part: Part): SetUpFile {
	const what = 'The script that the hooks call leaves an empty file, no more, to tell that an agent is at work.';
	return { part, path: AGENT_HOOK_SCRIPT, what, text: sealed(agentHookScript(), '#') };
}

function cursorFiles(): SetUpFile[] {
	return [
		{
			part: 'cursor',
			path: '.cursor/hooks.json',
			what: "Cursor's hooks keep the session going while its agent works, and end it when the conversation is over.",
			entries: [{ path: ['version'], value: 1 }, ...agentHookItems('cursor')],
			...hookVersions('cursor'),
		},
		script('cursor'),
		...commandFiles('cursor', '.cursor/commands'),
	];
}

function hookVersions(agent: 'cursor' | 'claude'): { outdated: UnwantedItems; ours: UnwantedItems } {
	return {
		outdated: { path: ['hooks'], group: HOOK_GROUP, is: (event, item) => isOutdatedHook(agent, event, item) },
		ours: { path: ['hooks'], group: HOOK_GROUP, is: (_, item) => isOurHook(item) },
	};
}

function claudeFiles(): SetUpFile[] {
	return [
		{
			part: 'claude',
			path: '.claude/settings.json',
			what: "Claude Code's hooks keep the session going while it works, and end it when the conversation is over.",
			entries: agentHookItems('claude'),
			...hookVersions('claude'),
		},
		script('claude'),
		...commandFiles('claude', '.claude/commands'),
	];
}

function mcpFiles(): SetUpFile[] {
	const entries = [{ path: ['mcpServers', 'auto-pr'], value: { command: 'auto-pr', args: ['mcp'] } }];
	const what = 'lets its agent start, see and end the session by tools; "auto-pr" has to be on the path.';
	return [
		{ part: 'mcp', path: '.cursor/mcp.json', what: `Cursor's MCP entry ${what}`, entries },
		{ part: 'mcp', path: '.mcp.json', what: `Claude Code's MCP entry ${what}`, entries },
	];
}

const COMMANDS = {
	'session-start':
		'Run `auto-pr start` in the terminal, with `--title` and what this work is about in a few words. Tell me the id of the session.',
	'session-status':
		'Run `auto-pr status` in the terminal, and tell me what it says. Exit code 1 means that no session is running.',
	'session-end': 'Run `auto-pr end` in the terminal, then `auto-pr publish`, and tell me what they say.',
};

function commandFiles(part: Part, folder: string): SetUpFile[] {
	const otherwise = 'If there is no such command, say that **Auto-PR** in the command palette does the same.';
	return Object.entries(COMMANDS).map(([name, text]) => ({
		part,
		path: `${folder}/${name}.md`,
		what: `/${name} in the agent's chat.`,
		text: sealed(`${text}\n${otherwise}\n`, '<!--'),
		earlier: [`${text}\n${otherwise}\n`],
	}));
}
