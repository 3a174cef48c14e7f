import { type Translation, translationOf } from '../core/translation.ts';

let table: Readonly<Record<string, string>> = {};
let translate: Translation = (sentence) => sentence;
let spoken = 'en';
/** Made once: making one takes as long as writing a hundred numbers, and a page has hundreds. */
let numbers: Intl.NumberFormat | undefined;

/** Takes over a language and its translations: by the English sentence, as `vscode.l10n` has them. */
export function speak(language: string, translations: Readonly<Record<string, string>>): void {
	spoken = language;
	table = translations;
	numbers = undefined;
	translate = translationOf(translations, decimal);
}

/** A sentence in the reader's language, its `{0}` filled; English where there is no other. */
export function t(message: string, ...args: (string | number)[]): string {
	const words = Object.hasOwn(table, message) ? (table[message] ?? message) : message;
	return words.replace(/\{(\d+)\}/g, (place, index) => String(args[Number(index)] ?? place));
}

/** What the core, the files, git or GitHub told in English, in the reader's language; as it is where there is no other. */
export function told(sentence: string): string {
	return translate(sentence);
}

/** The first of some names, and how many more there are. */
export function someOf(names: readonly string[], most = 10): string {
	const named = names.slice(0, most).join(', ');
	return names.length > most ? t('{0} and {1} more', named, names.length - most) : named;
}

/** The language that numbers and times are written in; undefined: as the browser does. */
export function language(): string | undefined {
	return spoken === 'en' ? undefined : spoken;
}

/** `12.5 %` as the reader writes it; what is no such figure stays as it is. */
function decimal(text: string): string {
	return /^\d+\.\d+(?: [%A-Za-z]{1,3})?$/.test(text) ? text.replace('.', number(0.5).charAt(1)) : text;
}

/** What can be counted. A language may change more than the end of a word, so each is two sentences. */
const COUNTED = {
	session: (count: number) => (count === 1 ? t('1 session') : t('{0} sessions', number(count))),
	commit: (count: number) => (count === 1 ? t('1 commit') : t('{0} commits', number(count))),
	file: (count: number) => (count === 1 ? t('1 file') : t('{0} files', number(count))),
	'new test': (count: number) => (count === 1 ? t('1 new test') : t('{0} new tests', number(count))),
	document: (count: number) => (count === 1 ? t('1 document') : t('{0} documents', number(count))),
};

/** `1 commit`, `1,125 commits`. */
export function counted(what: keyof typeof COUNTED, count: number): string {
	return COUNTED[what](count);
}

/** `1,125`, `5.9`. */
export function number(value: number): string {
	numbers ??= new Intl.NumberFormat(language() ?? 'en-US', { maximumFractionDigits: 1 });
	return numbers.format(value);
}
