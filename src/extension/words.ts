import { type Translation, translationOf } from '../core/translation.ts';

/** What `vscode.l10n.t` is: the message in the user's language, its `{0}` filled. */
type Translate = (message: string, ...args: (string | number)[]) => string;

let translate: Translate = (message, ...args) =>
	message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));

let translateTold: Translation = (sentence) => sentence;

/** Brings the editor's translations: `vscode.l10n`. Before that, and in tests that run without an editor, words are English. */
export function speak({ t, bundle = {} }: { t: Translate; bundle?: Record<string, string> | undefined }): void {
	translate = t;
	translateTold = translationOf(bundle);
}

export const l10n = {
	t: (message: string, ...args: (string | number)[]): string => translate(message, ...args),
};

/** What the core, the files, git or GitHub told in English, in the user's language; as it is where there is no other. */
export const told: Translation = (sentence) => translateTold(sentence);

export const commits = (count: number): string => (count === 1 ? l10n.t('1 commit') : l10n.t('{0} commits', count));

export const files = (count: number): string => (count === 1 ? l10n.t('1 file') : l10n.t('{0} files', count));

/** A span of time as a person would say it: `12 min`, `1 h 5 min`, `2 d 3 h`. Rounded down; `ms` below 0 counts as 0. */
export function span(ms: number): string {
	const minutes = Math.max(0, Math.floor(ms / 60_000));
	const hours = Math.floor(minutes / 60);
	if (hours === 0) return l10n.t('{0} min', minutes);
	if (hours < 24) {
		return minutes % 60 === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, minutes % 60);
	}
	const days = Math.floor(hours / 24);
	return hours % 24 === 0 ? l10n.t('{0} d', days) : l10n.t('{0} d {1} h', days, hours % 24);
}

/** How long ago something was, ms. */
export function ago(ms: number): string {
	return ms < 60_000 ? l10n.t('just now') : l10n.t('{0} ago', span(ms));
}
