import type { ChangeKind, Commit, FileChange, Person } from '../core/commit.ts';

/**
 * What `LogParser` reads. The names are those in the commit, not those of a `.mailmap`: live tracking compares them
 * with the user's own configuration, which no mailmap touches, and a mailmap could change who made old work.
 */
export const LOG_FORMAT = [
	'-z',
	'--format=tformat:%H%x00%P%x00%at %ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B',
	'--encoding=UTF-8',
	'--name-status',
	'--find-renames',
	'--root',
	'--no-diff-merges',
	'--no-show-signature',
	'--no-color',
	'--no-ext-diff',
];

const NUL = 0;
const LF = 10;
const KINDS = new Set<string>(['A', 'M', 'D', 'R', 'C', 'T']);
/** A status is a letter and up to three digits; an object name has at least 40. */
const SHORTEST_SHA = 40;

/** The fields of one commit, in the order of `LOG_FORMAT`. */
type Fields = [sha: string, parents: string, times: string, string, string, string, string, message: string];
const FIELDS = 8;

/**
 * Reads what `git log` prints for `LOG_FORMAT`, in pieces of any size, each byte once. Bytes that are not UTF-8
 * become U+FFFD.
 *
 * After its fields a commit has, for each path, a status and one or two names; the first status has a line break
 * before it.
 */
export class LogParser {
	/** The pieces of a token that is not complete yet. */
	#pieces: Buffer[] = [];
	#fields: string[] = [];
	#files: FileChange[] = [];
	#status = '';
	#from: string | undefined;
	#people = new Map<string, Person>();
	#finished: Commit[] = [];

	/** The commits that this piece completes. */
	push(piece: Buffer): Commit[] {
		let start = 0;
		for (let end = piece.indexOf(NUL); end >= 0; end = piece.indexOf(NUL, start)) {
			if (this.#pieces.length === 0) {
				this.#token(piece, start, end);
			} else {
				const whole = Buffer.concat([...this.#pieces, piece.subarray(start, end)]);
				this.#pieces = [];
				this.#token(whole, 0, whole.length);
			}
			start = end + 1;
		}
		if (start < piece.length) this.#pieces.push(piece.subarray(start));
		return this.#take();
	}

	/** The last commit: only the end of the output shows that it has no more files. */
	end(): Commit[] {
		if (this.#pieces.length > 0 || this.#status || (this.#fields.length > 0 && this.#fields.length < FIELDS)) {
			throw new Error('git log stopped in the middle of a commit.');
		}
		this.#finish();
		return this.#take();
	}

	#take(): Commit[] {
		const commits = this.#finished;
		this.#finished = [];
		return commits;
	}

	#token(buffer: Buffer, start: number, end: number): void {
		if (this.#fields.length < FIELDS) {
			this.#fields.push(buffer.toString('utf8', start, end));
		} else if (this.#status) {
			this.#path(buffer.toString('utf8', start, end));
		} else if (end - start >= SHORTEST_SHA) {
			this.#finish();
			this.#fields.push(buffer.toString('latin1', start, end));
		} else {
			this.#status = String.fromCharCode(buffer[start] === LF ? buffer[start + 1]! : buffer[start]!);
		}
	}

	#path(path: string): void {
		const kind = (KINDS.has(this.#status) ? this.#status : 'M') as ChangeKind;
		if ((kind === 'R' || kind === 'C') && this.#from === undefined) {
			this.#from = path;
			return;
		}
		this.#files.push(this.#from === undefined ? { kind, path } : { kind, path, from: this.#from });
		this.#from = undefined;
		this.#status = '';
	}

	#finish(): void {
		if (this.#fields.length === 0) return;
		const [sha, parents, times, authorName, authorEmail, committerName, committerEmail, message] = this
			.#fields as Fields;
		const space = times.indexOf(' ');
		this.#finished.push({
			sha,
			parents: parents ? parents.split(' ') : [],
			author: this.#person(authorName, authorEmail),
			committer: this.#person(committerName, committerEmail),
			authoredAt: Number(times.slice(0, space)) * 1000,
			committedAt: Number(times.slice(space + 1)) * 1000,
			message,
			files: this.#files,
		});
		this.#fields = [];
		this.#files = [];
	}

	/** One object for each person, however many commits they made. */
	#person(name: string, email: string): Person {
		const key = `${name}\0${email}`;
		let person = this.#people.get(key);
		if (!person) {
			person = email ? { name, email } : { name };
			this.#people.set(key, person);
		}
		return person;
	}
}
