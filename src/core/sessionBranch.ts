/** The branch of a session's one rolling pull request. */
export function sessionBranch(session: string): string {
	return `session/${session}`;
}
