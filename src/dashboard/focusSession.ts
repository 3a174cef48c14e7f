/** Puts the focus on a session of the list: whoever comes back from its page by key goes on where they were. */
export function focusSession(session: string | undefined): void {
	if (session !== undefined) document.querySelector<HTMLElement>(`[data-session="${CSS.escape(session)}"]`)?.focus();
}
