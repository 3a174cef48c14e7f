import { AGENT_HOOK_MARK, agentHookCommand } from '../core/agentHookScript.ts';
import { HOOKED_AGENTS } from '../core/agentHooks.ts';
import { type JsonEntry, partsOf } from './jsonEntries.ts';

/** The member in which an item of Claude Code's has its hooks, ours and perhaps those of others: code.claude.com/docs/en/hooks. */
export const HOOK_GROUP = 'hooks';

/** The forms that commands of ours have had: through git, and the script by itself. Nothing else may stand beside. */
const COMMANDS = [
	/^git -c "alias\.auto-pr=![^"]*" auto-pr [a-z-]+ [a-z]+$/,
	/^(?:(?:sh|bash) )?"?(?:\.\/)?[\w./${}-]*auto-pr-sessions\.sh"?(?: [a-z-]+){0,2}$/,
];

/** What our hooks are in an agent's file: an item of the list of its event. */
export function agentHookItems(agent: keyof typeof HOOKED_AGENTS): JsonEntry[] {
	return HOOKED_AGENTS[agent].events.map(({ event, signal, tools }) => {
		const command = agentHookCommand(agent, signal);
		const inClaude = { ...(tools !== undefined && { matcher: tools }), hooks: [{ type: 'command', command }] };
		const value = agent === 'claude' ? inClaude : { command };
		// Whatever else somebody added to it, a time limit say, or another hook.
		const is = (item: unknown) => partsOf(item, HOOK_GROUP).some((part) => doingOf(part) === doingOf(value));
		return { path: ['hooks', event], value, item: true, is };
	});
}

/** Whether an item of an event's list is of ours alone, and not one that this version writes there. */
export function isOutdatedHook(agent: keyof typeof HOOKED_AGENTS, event: string, item: unknown): boolean {
	return isOurHook(item) && !agentHookItems(agent).some(({ path: [, name], is }) => name === event && is?.(item));
}

/** Whether all that an item runs is ours, of whatever version. */
export function isOurHook(item: unknown): boolean {
	const commands = commandsOf(item);
	return commands.length > 0 && commands.every(isOurCommand);
}

function isOurCommand(command: unknown): boolean {
	return (
		typeof command === 'string' && command.includes(AGENT_HOOK_MARK) && COMMANDS.some((form) => form.test(command))
	);
}

/** When it runs what. */
function doingOf(item: unknown): string {
	const { matcher = null } = Object(item) as { matcher?: unknown };
	return JSON.stringify([matcher, ...commandsOf(item)]);
}

/** Cursor's items hold a command, those of Claude Code a list of hooks. */
function commandsOf(item: unknown): unknown[] {
	const { command, hooks } = Object(item) as { command?: unknown; hooks?: unknown };
	if (Array.isArray(hooks)) return hooks.map((hook) => (Object(hook) as { command?: unknown }).command);
	return command === undefined ? [] : [command];
}
