/** The rules that decide whether something is automatic, by the names that `replay` prints. */
export type Rule =
	| 'session-trailer'
	| 'older-marker'
	| 'pattern'
	| 'agent'
	| 'started-by-hand'
	| 'small'
	| 'merge'
	| 'bot'
	| 'revert'
	| 'landing'
	| 'person';

/** A decision and why: the same words in the status bar, the log, the CI comment and `replay`. */
export interface Verdict {
	auto: boolean;
	rule: Rule;
	/** A sentence without its full stop: "the title matches `^auto-pr:`". */
	because: string;
}
