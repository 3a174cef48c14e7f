import { isRecord, type JsonRecord } from './json.ts';
import type { State } from './state.ts';
import { formatTime } from './time.ts';

/**
 * The three maps that readers of the older system look into: `pr_to_session`, `session_to_prs` and `session_metadata`. For our own
 * sessions they are derived on every write; entries and members of others are carried along.
 */
export function mapMembers({ sessions, completed, carried }: State): JsonRecord {
	const prToSession = new Map(carried.prToSession);
	const sessionToPrs = new Map(carried.sessionToPrs);
	const metadata = new Map(carried.metadata);
	for (const session of [...completed, ...sessions]) {
		const prs = session.pullRequests.map(String);
		for (const pr of session.pullRequests) prToSession.set(pr, session.id);
		sessionToPrs.set(session.id, [...new Set([...(sessionToPrs.get(session.id) ?? []), ...prs])]);
		metadata.set(session.id, {
			...metadata.get(session.id),
			author: session.author,
			timestamp: formatTime(session.startedAt),
			title: session.title ?? '',
		});
	}
	return {
		pr_to_session: Object.fromEntries(prToSession),
		session_to_prs: Object.fromEntries(sessionToPrs),
		session_metadata: Object.fromEntries(metadata),
	};
}

/** Takes the three maps of a file into what is carried; an entry of another shape is told in `problems`. */
export function carryMaps({ carried, problems }: State, file: JsonRecord): void {
	const take = <T>(key: string, add: (name: string, value: T) => void, fits: (value: unknown) => value is T) => {
		const map = file[key] ?? {};
		if (!isRecord(map)) {
			problems.push(`"${key}" was left out: it is not an object.`);
			return;
		}
		for (const [name, value] of Object.entries(map)) {
			if (fits(value)) add(name, value);
			else problems.push(`"${name}" in "${key}" was left out: it is of another type.`);
		}
	};
	const { prToSession, sessionToPrs, metadata } = carried;
	take('pr_to_session', (pr, id) => prToSession.set(numberIfOne(pr), id), isText);
	take('session_to_prs', (id, prs) => sessionToPrs.set(id, prs), isListOfTexts);
	take('session_metadata', (id, value) => metadata.set(id, value), isRecord);
}

/** A text that is how a whole number is written, as that number: `7`, but not `07`. */
function numberIfOne(text: string): number | string {
	const number = Number(text);
	return Number.isSafeInteger(number) && String(number) === text ? number : text;
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

/** Drops the entries of sessions that were ours and are neither open, waiting for the archive, nor recently completed. */
export function dropFromMaps({ sessions, completed, recent, carried }: State): void {
	const alive = new Set([...sessions, ...completed].map(({ id }) => id).concat(recent));
	const gone = new Set([...carried.ours].filter((id) => !alive.has(id)));
	if (gone.size === 0) return;
	for (const [pr, id] of carried.prToSession) if (gone.has(id)) carried.prToSession.delete(pr);
	for (const id of gone) {
		carried.sessionToPrs.delete(id);
		carried.metadata.delete(id);
	}
}

function isListOfTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
