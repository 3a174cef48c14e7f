/** What of the user's own `GIT_…` variables still applies: configuration, who they are, where git looks. */
const KEPT = /^GIT_(CONFIG_\w+|AUTHOR_\w+|COMMITTER_\w+|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH)$/i;

/** Programs that git would start to talk to a person. Nothing here ever does. */
const INTERACTIVE = /^(EDITOR|VISUAL|PAGER|SSH_ASKPASS|PREFIX)$/i;

/**
 * The environment of every git process.
 *
 * `GIT_DIR`, `GIT_INDEX_FILE` and the like, which git sets for its hooks, are left out: the working directory
 * alone says which repository is meant.
 */
export function environment(
	extra: Readonly<Record<string, string>> = {},
	own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
	const result: Record<string, string> = {};
	for (const [name, value] of Object.entries(own)) {
		if (value === undefined || INTERACTIVE.test(name)) continue;
		if (!/^GIT_/i.test(name) || KEPT.test(name)) result[name] = value;
	}
	// Without optional locks git never holds index.lock for us. LC_ALL=C: messages are matched in English.
	return { ...result, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', ...extra };
}
