import type { ChangeKind } from './commit.ts';
import { findMarker } from './completion.ts';
import { parseMessage } from './message.ts';
import { isDocs, isTest } from './paths.ts';
import type { Rules } from './rules.ts';

/** What a title is drafted from. */
export interface TitleSource {
	/** The session's own. */
	title?: string;
	/** The branch that was made for the work; undefined on the trunk. */
	branch?: string;
	/** The messages of its commits, oldest first. */
	messages: readonly string[];
	/** The net change by path. */
	files: ReadonlyMap<string, ChangeKind>;
	rules: Pick<Rules, 'patterns' | 'markers'>;
}

/** GitHub takes 256 characters for a title. */
const LONGEST = 200;

/** Words that say that there is work, and nothing of what it is. */
const NOISE = new Set(
	(
		'agent ai analysis auto automatic autosave backup branch change changed changes checkpoint cleanup code commit complete completed ' +
		'cursor dev develop done draft edit edits feat feature file files final finished fix fixed fixes fixup head ' +
		'initial issue iteration main master micro misc more new now part patch phase plan pr progress ready save saved savepoint session snapshot some ' +
		'squash stash step stuff sync task temp test testing tests tmp topic untitled update updated updates various wip work ' +
		'a an and at for from in into it my of on or the this to with'
	).split(' '),
);

/** A label before what a subject says: `wip:`, `feat(cart):`, `[auto]`, an emoji. */
const LABEL = /^(?:[\w-]{1,30}(?:\([^()]{0,60}\))?!?:|\[[^[\]]{0,30}\]|\p{Extended_Pictographic}\ufe0f?)\s*/u;

/** How git calls commits that say nothing of their own (git-rebase(1), git-merge(1)), and a coding agent those with which it begins or breaks off. */
const EMPTY_HANDED =
	/^(?:fixup! |squash! |amend! |Merge |Plan: |Initial (?:plan|exploration|analysis|investigation)\b|Changes before error\b)/i;

/**
 * Drafts the title of a session's pull request: the session's own, else what a person called a commit, else the branch's name in words, else the words
 * behind a label such as `wip:`, else the files. Never a word that says only that there was work, such as "checkpoint".
 */
export function draftTitle(source: TitleSource): string {
	const { title, branch, messages, files, rules } = source;
	const subjects = messages
		.map((message) => parseMessage(message).title)
		.filter((subject) => !EMPTY_HANDED.test(subject));
	const isAutomatic = (subject: string) => rules.patterns.some((pattern) => pattern.test(subject));
	const byHand = subjects.find((subject) => !isAutomatic(subject) && saysSomething(subject));
	// A title that reads as a completion marker would end the session.
	const drafts = [branchInWords(branch ?? ''), ...subjects.filter(isAutomatic).map(withoutLabel), filesInWords(files)];
	const words = drafts.find((text) => text !== undefined && !findMarker(text, rules.markers));
	return oneLine(title ?? byHand ?? words ?? 'Work of a session');
}

function saysSomething(text: string): boolean {
	return tellingWords(text).length > 0;
}

/** The words that say what the work is: no noise, no figures, no names of machines' making. */
function tellingWords(text: string): string[] {
	const words = text.toLowerCase().split(/[^\p{L}\p{N}']+/u);
	return words.filter((word) => /\p{L}{2}/u.test(word) && !NOISE.has(word) && !isCode(word));
}

/** Such as the end of `cursor/cart-totals-3f9a`: a hash, or the key of a ticket. */
function isCode(word: string): boolean {
	return /\d/.test(word) && /^[a-z\d]{4,}$/i.test(word);
}

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

/** `feature/PROJ-12-cart-totals` is "Cart totals". Undefined where it says nothing. */
function branchInWords(branch: string): string | undefined {
	const folders = branch.replace(UUID, '').split('/');
	const name = (folders.pop() ?? '').replace(/^(?:[A-Z]{2,10}-)?\d+(?:[-_.]|$)/, '');
	const words = name.split(/[-_.\s]+/).filter((word) => word !== '' && !isCode(word));
	while (words.length > 1 && /^(?:wip|tmp|temp|draft)$/i.test(words[0]!)) words.shift();
	if (!saysSomething(words.join(' '))) return undefined;
	const mends = /^(?:fix|bugfix|hotfix)$/i.test(folders.at(-1) ?? '') && !/^fix/i.test(words[0]!);
	return capitalised([...(mends ? ['fix'] : []), ...words].join(' '));
}

/** What an automatic subject says behind its label, where that is more than a word. */
function withoutLabel(subject: string): string | undefined {
	const rest = subject.replace(LABEL, '').trim();
	// A daemon's count of files says that it made the words, too.
	if (rest === subject || /\d files?\b/i.test(rest)) return undefined;
	return tellingWords(rest).length > 1 ? capitalised(rest) : undefined;
}

/** The files themselves where they are few, else the folder with the most: of the code, where there is any. */
function filesInWords(files: TitleSource['files']): string | undefined {
	const all = [...files.keys()].sort();
	const code = all.filter((path) => !isTest(path) && !isDocs(path));
	const paths = code.length > 0 ? code : all;
	const [first, second] = paths;
	if (first === undefined) return undefined;
	const verb = verbOf(paths.map((path) => files.get(path)));
	if (second === undefined) return `${verb} ${first}`;
	if (paths.length === 2) return `${verb} ${nameOf(first)} and ${nameOf(second)}`;
	const [[folder, most] = ['', 0], ...others] = [...countByFolder(paths)].sort(([, a], [, b]) => b - a);
	if (folder === '') return `${verb} ${paths.length} files`;
	if (others.length === 0) return `${verb} ${most} files in ${folder}`;
	return `${verb} ${folder} and ${paths.length - most} other ${paths.length - most === 1 ? 'file' : 'files'}`;
}

function verbOf(kinds: readonly (ChangeKind | undefined)[]): string {
	if (kinds.every((kind) => kind === 'A')) return 'Add';
	return kinds.every((kind) => kind === 'D') ? 'Remove' : 'Change';
}

/** The whole folder; the top has no name. */
function countByFolder(paths: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const path of paths) {
		const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
		counts.set(folder, (counts.get(folder) ?? 0) + 1);
	}
	return counts;
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

function capitalised(text: string): string {
	const [first = ''] = text;
	return first.toUpperCase() + text.slice(first.length);
}

/** A name of a file or branch may hold anything. */
function oneLine(text: string): string {
	const characters = [...text.replace(/\p{C}/gu, '\ufffd')];
	const kept = characters.slice(0, LONGEST - 1).join('');
	return characters.length <= LONGEST ? characters.join('') : `${kept.trimEnd()}…`;
}
