/**
 * Something that the user can put right: its message is one sentence that says what, where and what to do.
 * Faces show the message alone; the command line exits with 2.
 */
export class UserError extends Error {
	override name = 'UserError';
}
