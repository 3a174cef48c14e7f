import { hasNews } from '../../app/news.ts';
import { observe } from '../../app/observe.ts';
import { takeRecovery } from '../../app/recover.ts';
import { readCompleted, readOverview } from '../../app/status.ts';
import { letTimePass } from '../../app/transact.ts';
import type { Workspace } from '../../app/workspace.ts';
import { nextDue } from '../../core/clockwork.ts';
import { UserError } from '../../core/userError.ts';
import type { State } from '../../store/state.ts';
import { openWorkspace } from '../open.ts';
import { type CommonOptions, tell } from '../output.ts';
import { showStatus } from '../showStatus.ts';

/** `status` where a glance does not tell all: takes in what happened, mends what is damaged, and says what is wrong. */
export async function statusInFull(options: CommonOptions): Promise<number> {
	const workspace = await openWorkspace(options);
	let state = await catchUp(workspace);
	let recovered: string | undefined;
	if (state.recovery) {
		recovered = await takeRecovery(workspace);
		state = await workspace.store.read();
	}
	const overview = await readOverview(workspace, state);
	const notices = [...(recovered === undefined ? [] : [recovered]), ...overview.notices];
	const { rules } = await workspace.settle();
	const [last] = overview.here || options.json ? [] : await readCompleted(workspace, 1);
	return showStatus(options, { ...overview, notices }, rules, workspace.host.now(), last);
}

/**
 * Takes in what happened since somebody last looked: without an editor that watches, nobody else does. Where nothing is tracked yet, and where nothing
 * happened, this writes nothing.
 */
async function catchUp(workspace: Workspace): Promise<State> {
	const { store, location, host } = workspace;
	let state = await store.read();
	try {
		if (state.workingCopies.has(location.workTree) && hasNews(location, state)) {
			await observe(workspace);
			state = await store.read();
		}
		const { rules } = await workspace.settle();
		if (state.sessions.some((session) => nextDue(session, rules) <= host.now())) {
			await letTimePass(workspace);
			state = await store.read();
		}
	} catch (error) {
		// On a read-only disk what was known can still be told.
		if (!(error instanceof UserError)) throw error;
		tell(error.message);
	}
	return state;
}
