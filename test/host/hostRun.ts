/** One start of the extension host with tests in it. */
export interface HostRun {
	/** Absolute path of the bundle that exports `run()`. */
	tests: string;
	/** Absolute paths; several make a multi-root workspace. */
	folders: readonly string[];
	/** The user's settings, over the quiet ones. */
	settings: Record<string, unknown>;
	/** Added to the environment of the extension host. */
	env: Record<string, string>;
}
