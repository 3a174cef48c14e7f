import type { Overview } from '../app/status.ts';
import type { Problem } from '../core/configurationFile.ts';
import type { Rules } from '../core/rules.ts';

/** How an open repository stands: what everything that is shown is made of. */
export interface RepositoryView {
	/** The name of its folder. */
	name: string;
	/** Absolute path of the work tree. */
	workTree: string;
	overview: Overview;
	rules: Rules;
	/** What is wrong in the configuration. */
	problems: readonly Problem[];
	/** Why the last commit here was found automatic, or not; undefined until one was seen. */
	because?: string;
}

/** How things stand in the window: the one source of the status bar, the menu and the dashboard. */
export type Standing =
	| { stage: 'loading' }
	/** No folder that is open is in a repository. */
	| { stage: 'no repository'; hasFolder: boolean }
	/** The folder is not trusted: what its state file tells, if it has one. */
	| { stage: 'restricted'; name: string; overview?: Overview }
	/** A repository that cannot be used, and why, as a sentence. */
	| { stage: 'failed'; sentence: string }
	/** `several`: other repositories are open too. */
	| { stage: 'ready'; view: RepositoryView; several: boolean };
