import { existsSync } from 'node:fs';
import path from 'node:path';
import { AGENT_HOOK_SCRIPT } from '../core/agentHookScript.ts';
import { agentName } from '../core/agentHooks.ts';
import type { Person } from '../core/commit.ts';
import type { Place } from '../core/joining.ts';
import type { TrackerEvent } from '../core/tracker.ts';
import { agentNotesFolder, type DatedNote, openAgentNotes } from '../git/agentNotes.ts';
import type { ReflogEntry } from '../git/reflog.ts';
import type { Workspace } from './workspace.ts';

/** Where agents' hooks leave their notes from now on; undefined where the repository has no such hooks. */
export async function receiveAgentNotes({ location }: Workspace): Promise<string | undefined> {
	if (!existsSync(path.join(location.workTree, ...AGENT_HOOK_SCRIPT.split('/')))) return undefined;
	await openAgentNotes(location);
	return agentNotesFolder(location);
}

/** What a note means for the sessions here. `now` is ms UTC. */
export function eventOf(
	{ agent, signal, conversation, at }: DatedNote,
	author: Person,
	place: Place,
	now: number,
): TrackerEvent {
	const named = conversation === undefined ? {} : { conversation: `${agent}:${conversation}` };
	// A file system's clock may be ahead of this machine's.
	const told = { author, at: Math.min(at, now), place, ...named };
	if (signal === 'end') return { type: 'farewell', ...told };
	return { type: 'activity', ...told, starts: signal === 'edit', agent: agentName(agent) };
}

/**
 * Whether a note comes before what the reflog tells, which it does in whole seconds: an agent edits before it commits, and says goodbye after. Without an
 * entry, all do.
 */
export function isBefore({ at, signal }: DatedNote, entry: ReflogEntry | undefined): boolean {
	if (!entry) return true;
	return signal === 'end' ? at < entry.at : Math.floor(at / 1000) * 1000 <= entry.at;
}
