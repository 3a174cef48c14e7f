const MARK = Symbol.for('auto-pr.UserError');

/**
 * Something that the user can put right: its message is one sentence that says what, where and what to do.
 * Faces show the message alone; the command line exits with 2.
 */
export class UserError extends Error {
	override name = 'UserError';
	readonly [MARK] = true;

	/** By a mark: code that is loaded at need is a file of its own, with a class of its own. */
	static override [Symbol.hasInstance](value: unknown): boolean {
		// biome-ignore lint/complexity/noThisInStatic: a subclass inherits this, and is asked for itself.
		if (this !== UserError) return Function.prototype[Symbol.hasInstance].call(this, value);
		return value instanceof Error && MARK in value;
	}
}
