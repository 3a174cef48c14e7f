import type { ChangeKind } from './commit.ts';
import { parseMessage } from './message.ts';
import { isDocs, isTest } from './paths.ts';

/** Completion markers, sorted once by how they may stand: see `compileMarkers`. */
export interface Markers {
	/** Bracketed or emoji: count anywhere in the title. */
	signs: readonly string[];
	/** Words: count only where they are a whole part of the title or a whole line of the body. */
	phrases: ReadonlySet<string>;
	/** The first word of each phrase. */
	openings: readonly string[];
}

/** Where parts of a title end: colon, bar, brackets of any kind, long dashes, and a hyphen with blanks around it. */
const BETWEEN_PARTS = /[:|()[\]{}【】（）：｜–—]|\s-{1,2}\s/u;

/** The count that a daemon puts behind a title it made from a folder's name: nobody wrote a marker there. */
const GENERATED = /\(\d+ files?\)$/i;

/** Sorts the configured markers by kind. A sign has no letter outside its brackets: `[ready]`, `✅`. */
export function compileMarkers(markers: readonly string[]): Markers {
	const signs: string[] = [];
	const phrases = new Set<string>();
	for (const marker of markers) {
		const text = marker.trim();
		if (text === '') continue;
		if (/^\[.*\]$/.test(text) || !/[\p{L}\p{N}]/u.test(text)) signs.push(text.toLowerCase());
		else phrases.add(plain(text));
	}
	return { signs, phrases, openings: [...new Set(Array.from(phrases, (phrase) => phrase.split(' ', 1)[0]!))] };
}

/**
 * The marker by which a message says that its session is done, or undefined. It must stand where a person would put
 * one: "feat: login flow - complete" has it; "Complete the login flow" and "Phase 1 complete" do not. The older
 * system took any substring and would have closed 124 of 585 micro-commits for a file called `…_COMPLETE.md`.
 */
export function findMarker(text: string, markers: Markers): string | undefined {
	if (!mayHold(text, markers)) return undefined;
	const { title, body } = parseMessage(text);
	const lower = title.toLowerCase();
	const sign = markers.signs.find((candidate) => lower.includes(candidate));
	if (sign) return sign;
	if (!GENERATED.test(title)) {
		for (const part of title.split(BETWEEN_PARTS)) {
			const phrase = plain(part);
			if (markers.phrases.has(phrase)) return phrase;
		}
	}
	for (const line of body.split(/\r\n?|\n/)) {
		const phrase = plain(line);
		if (markers.phrases.has(phrase)) return phrase;
	}
	return undefined;
}

/** A quick look at the whole text: nearly every message of a history holds no marker, nor a word that one begins with. */
function mayHold(text: string, { signs, openings }: Markers): boolean {
	// How a capital sigma is lowered depends on what stands beside it.
	if (text.includes('Σ')) return true;
	const lower = text.toLowerCase();
	return signs.some((sign) => lower.includes(sign)) || openings.some((word) => lower.includes(word));
}

/** Lower case, blanks folded, without the full stop or exclamation mark at the end. */
function plain(text: string): string {
	const folded = text.trim().replace(/\s+/g, ' ').toLowerCase();
	let end = folded.length;
	// Not by a regex: `[.!]+$` takes quadratic time on a line of full stops.
	while (end > 0 && '.!'.includes(folded[end - 1]!)) end--;
	return folded.slice(0, end).trimEnd();
}

/** Whether a net change holds both tests and documentation: the sign of a piece of work that was rounded off. */
export function isRoundedOff(files: ReadonlyMap<string, ChangeKind>): boolean {
	let tests = false;
	let docs = false;
	for (const [path, kind] of files) {
		if (kind === 'D') continue;
		tests ||= isTest(path);
		docs ||= isDocs(path);
		if (tests && docs) return true;
	}
	return false;
}
