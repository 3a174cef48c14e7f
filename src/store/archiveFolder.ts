import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompletedSession } from '../core/completedSession.ts';
import { parseSessionId } from '../core/sessionId.ts';
import { appendLines } from '../files/appendFile.ts';
import { readFileIfExists, sweepLeftovers, type writeFileAtomic } from '../files/atomicFile.ts';
import { placeInside } from '../files/place.ts';
import {
	type Archive,
	completionOf,
	emptyArchive,
	formatArchive,
	idOf,
	parseArchive,
	putCompleted,
	sessionsIn,
} from './archiveFile.ts';
import { understood } from './damage.ts';
import { isRecord, type JsonRecord, UnreadableText } from './json.ts';
import { ARCHIVE_NAME, type ArchiveHome, archiveFolderIn, archivePathOf, YEAR_NAME, yearName } from './layout.ts';

/** How many sessions the archive's own file holds before the older of them go to the files of their years. */
const MOST_IN_MAIN = 400;
const LEFT_IN_MAIN = 200;

const HOMES: readonly ArchiveHome[] = ['shared', 'private'];

/**
 * The completed sessions on disk: the newest in `auto_pr_sessions.json`, as ever, and older ones a line each in
 * `auto_pr_sessions-2025.jsonl`, to which lines are only ever added. So completing a session costs the same however many
 * there are. A session that a crash left in both counts once, and so does one of both homes.
 */
export class ArchiveFolder {
	readonly #root: string;
	readonly #write: typeof writeFileAtomic;
	/** Names, below the root, of the years' files in which lines were seen that make no sense. */
	readonly damagedYears = new Set<string>();

	constructor(root: string, write: typeof writeFileAtomic) {
		this.#root = root;
		this.#write = write;
	}

	/** Absolute path of the file with the newest sessions. */
	mainFile(home: ArchiveHome): string {
		return join(archiveFolderIn(this.#root, home), ARCHIVE_NAME);
	}

	/** The newest sessions. Throws UnreadableText for a damaged file. */
	async readMain(home: ArchiveHome): Promise<Archive> {
		const file = this.mainFile(home);
		const source = await readFileIfExists(file, this.#root);
		return source === undefined ? emptyArchive() : understood(file, () => parseArchive(source));
	}

	/** Adds sessions, or brings their records up to date. Under the store's lock; `assertHeld` is called before each write. */
	async put(
		home: ArchiveHome,
		sessions: readonly CompletedSession[],
		assertHeld: () => void,
		others?: ReadonlyMap<string, JsonRecord>,
	): Promise<void> {
		const archive = await this.readMain(home);
		const before = formatArchive(archive);
		putCompleted(archive, sessions, others);
		const older = takeOlder(archive);
		const after = formatArchive(archive);
		if (after === before && older.size === 0) return;
		for (const [year, records] of older) {
			const lines = records.map((record) => JSON.stringify(record));
			assertHeld();
			await appendLines(join(archiveFolderIn(this.#root, home), yearName(year)), lines, this.#root);
		}
		assertHeld();
		await this.#write(this.mainFile(home), after, this.#root);
	}

	/** Puts a whole file of the newest sessions in place. */
	async replaceMain(home: ArchiveHome, text: string): Promise<void> {
		await this.#write(this.mainFile(home), text, this.#root);
	}

	/** All sessions, sorted by id. `ours`: further ones, newer than any on disk. */
	async all(ours: readonly CompletedSession[] = []): Promise<CompletedSession[]> {
		const records: unknown[] = [];
		for (const home of HOMES)
			for (const year of await this.years(home)) records.push(...(await this.#year(home, year)));
		for (const home of HOMES) records.push(...(await this.readMain(home)).records);
		return merged(records, ours);
	}

	/** At least the newest `most` sessions, sorted by id, without a look into older years than needed. */
	async newest(most: number, ours: readonly CompletedSession[] = []): Promise<CompletedSession[]> {
		let records: unknown[] = [];
		for (const home of HOMES) records.push(...(await this.readMain(home)).records);
		const years = await Promise.all(HOMES.map((home) => this.years(home)));
		const newestFirst = [...new Set(years.flat())].sort((a, b) => b - a);
		for (const year of newestFirst) {
			if (records.length >= most) break;
			for (const home of HOMES) records = [...(await this.#year(home, year)), ...records];
		}
		return merged(records, ours);
	}

	async find(id: string, ours: readonly CompletedSession[] = []): Promise<CompletedSession | undefined> {
		const year = yearOf(id);
		const records: unknown[] = [];
		if (year !== undefined) for (const home of HOMES) records.push(...(await this.#year(home, year, id)));
		for (const home of HOMES) records.push(...(await this.readMain(home)).records.filter((it) => idOf(it) === id));
		return merged(records, ours).find((session) => session.id === id);
	}

	/** The years that have a file, in order. */
	async years(home: ArchiveHome): Promise<number[]> {
		const names = await readdir(archiveFolderIn(this.#root, home)).catch(() => []);
		return names.flatMap((name) => YEAR_NAME.exec(name)?.[1] ?? []).map(Number);
	}

	async hasYearsBefore(year: number): Promise<boolean> {
		const years = await Promise.all(HOMES.map((home) => this.years(home)));
		return years.flat().some((it) => it < year);
	}

	/** Removes the files of the years before `year`. Returns these years. Under the store's lock. */
	async forgetBefore(year: number): Promise<number[]> {
		const gone = new Set<number>();
		for (const home of HOMES) {
			for (const older of (await this.years(home)).filter((it) => it < year)) {
				const file = join(archiveFolderIn(this.#root, home), yearName(older));
				await rm(await placeInside(file, this.#root), { force: true });
				gone.add(older);
			}
		}
		return [...gone].sort((a, b) => a - b);
	}

	async sweep(): Promise<void> {
		for (const home of HOMES) await sweepLeftovers(this.mainFile(home));
	}

	/** The records of a year, or those lines of it that mention an id. A line that makes no sense is left out, and its file noted as damaged. */
	async #year(home: ArchiveHome, year: number, id?: string): Promise<unknown[]> {
		const name = yearName(year);
		const text = await readFileIfExists(join(archiveFolderIn(this.#root, home), name), this.#root);
		if (text === undefined || (id !== undefined && !text.includes(id))) return [];
		const lines = text.split('\n').filter((line) => id === undefined || line.includes(id));
		const { records, bad } = readLines(lines);
		if (bad.length > 0) this.damagedYears.add(archivePathOf(home, name));
		return records;
	}
}

const CONFLICT_MARK = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$/;

/**
 * What lines of a year's file say, and the numbers (from 1) of those that say nothing. The marks of a merge conflict are neither: both
 * sides count, as they do once it is resolved, and the resolving is the user's.
 */
function readLines(lines: readonly string[]): { records: JsonRecord[]; whole: string[]; bad: number[] } {
	const records: JsonRecord[] = [];
	const whole: string[] = [];
	const bad: number[] = [];
	lines.forEach((line, index) => {
		const record = line === '' ? undefined : recordIn(line);
		if (record) {
			records.push(record);
			whole.push(line);
		} else if (line.trim() !== '' && !CONFLICT_MARK.test(line)) bad.push(index + 1);
	});
	return { records, whole, bad };
}

function recordIn(line: string): JsonRecord | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * A year's text without the lines that make no sense, but with those that `backup` alone has. Undefined when there is nothing to mend, or
 * while a merge conflict is in it.
 */
export function mendYear(
	text: string,
	backup: string | undefined,
): { text: string; line: number; bad: number; kept: number; back: number } | undefined {
	const lines = text.split('\n');
	const { whole, bad } = readLines(lines);
	if (bad.length === 0 || lines.some((line) => CONFLICT_MARK.test(line))) return undefined;
	const there = new Set(whole);
	const back = backup === undefined ? [] : readLines(backup.split('\n')).whole.filter((line) => !there.has(line));
	// What was written later counts, so that the backup's come first.
	const mended = [...back, ...whole].map((line) => `${line}\n`).join('');
	return { text: mended, line: bad[0]!, bad: bad.length, kept: whole.length, back: back.length };
}

/** Takes the oldest sessions out of an archive that has grown too large, by the year in which each began. */
function takeOlder(archive: Archive): Map<number, unknown[]> {
	const older = new Map<number, unknown[]>();
	if (archive.records.length <= MOST_IN_MAIN) return older;
	const dated = archive.records
		.map((record) => ({ record, year: yearOf(idOf(record) ?? ''), at: completionOf(record) }))
		.filter(({ year, at }) => year !== undefined && at !== undefined)
		.sort((a, b) => a.at! - b.at!);
	const taken = new Set(dated.slice(0, Math.max(0, archive.records.length - LEFT_IN_MAIN)));
	for (const { record, year } of taken) older.set(year!, [...(older.get(year!) ?? []), record]);
	const gone = new Set([...taken].map(({ record }) => record));
	archive.records = archive.records.filter((record) => !gone.has(record));
	return older;
}

/** Of what is told of a session twice, the later words count. */
function merged(records: readonly unknown[], ours: readonly CompletedSession[]): CompletedSession[] {
	const archive: Archive = { ...emptyArchive(), records: [...records] };
	putCompleted(archive, ours);
	return sessionsIn(archive).sessions;
}

function yearOf(id: string): number | undefined {
	const parts = parseSessionId(id);
	return parts && new Date(parts.startedAt).getUTCFullYear();
}

/** Throws UnreadableText where a file of the archive is damaged. */
export function checkArchiveText(name: string, text: string): void {
	if (name === ARCHIVE_NAME) {
		parseArchive(text);
		return;
	}
	const [line] = readLines(text.split('\n')).bad;
	if (line !== undefined) throw new UnreadableText('this is no session', line);
}
