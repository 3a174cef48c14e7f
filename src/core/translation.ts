/**
 * In a bundle of `vscode.l10n`, what the core, the files, git and GitHub tell stands under its English sentence and this. Such a bundle has a
 * message's comment behind a slash: github.com/microsoft/vscode-l10n, l10n-dev/README.md.
 */
const MARK = '/told';

/** A longer text is no sentence of ours. In UTF-16 code units. */
const LONGEST = 4000;

/** How deep a sentence may stand within a sentence. */
const DEEPEST = 3;

/** So many sentences may stand one after another. */
const MOST = 8;

/** Renders an English sentence in another language; one that it does not know stays as it is. */
export type Translation = (sentence: string) => string;

/** An English sentence, taken apart at its places. */
interface Template {
	pieces: readonly string[];
	/** The number of each place, between the pieces. */
	places: readonly string[];
	words: string;
}

/**
 * The translation of what was said in English already: by the core, which knows of no language, by another program, or before, and stored. The sentence
 * is recognised by its template, and what stands in its places is translated likewise. `valueWords` writes what is no sentence, such as a number.
 */
export function translationOf(
	bundle: Readonly<Record<string, string>>,
	valueWords: Translation = (value) => value,
): Translation {
	let templates: readonly Template[] | undefined;
	const whole = (sentence: string, depth: number): string | undefined => {
		templates ??= templatesIn(bundle);
		const key = sentence + MARK;
		if (Object.hasOwn(bundle, key)) return bundle[key];
		for (const template of templates) {
			const values = valuesIn(sentence, template);
			if (values) return fill(template.words, (place) => inner(values.get(place) ?? '', depth + 1));
		}
		return undefined;
	};
	const inner = (value: string, depth: number): string =>
		(depth > DEEPEST ? undefined : (inTurn(value, (it) => whole(it, depth)) ?? whole(value, depth))) ??
		valueWords(value);
	return (sentence) => (sentence.length > LONGEST ? sentence : inner(sentence, 0));
}

/** Sentences that stand one after another, each translated; undefined where one of them cannot be. */
function inTurn(text: string, translate: (sentence: string) => string | undefined): string | undefined {
	const parts = text.split(/(?<=\.) /);
	if (parts.length === 1 || parts.length > MOST) return undefined;
	const translated: string[] = [];
	for (let from = 0; from < parts.length; ) {
		let to = from + 1;
		let found: string | undefined;
		// A sentence of ours may have a full stop inside.
		while (found === undefined && to <= parts.length) found = translate(parts.slice(from, to++).join(' '));
		if (found === undefined) return undefined;
		translated.push(found);
		from = to - 1;
	}
	return translated.join(' ');
}

/** The one that says most stands first, since it may be a case of another. */
function templatesIn(bundle: Readonly<Record<string, string>>): Template[] {
	return Object.entries(bundle)
		.filter(([key]) => key.endsWith(MARK) && /\{\d+\}/.test(key))
		.map(([key, words]) => {
			const parts = key.slice(0, -MARK.length).split(/\{(\d+)\}/);
			return {
				pieces: parts.filter((_, index) => index % 2 === 0),
				places: parts.filter((_, index) => index % 2 === 1),
				words,
			};
		})
		.sort((a, b) => b.pieces.join('').length - a.pieces.join('').length);
}

/** What stands in the places of a template; undefined for another sentence. Looks at each character once, whatever it is. */
function valuesIn(sentence: string, { pieces, places }: Template): Map<string, string> | undefined {
	const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
	const end = sentence.length - last.length;
	if (!sentence.startsWith(first) || !sentence.endsWith(last) || end < first.length) return undefined;
	const values = new Map<string, string>();
	let at = first.length;
	for (const [index, place] of places.entries()) {
		const piece = pieces[index + 1]!;
		const next = index === places.length - 1 ? end : sentence.indexOf(piece, at);
		if (next < 0 || next > end) return undefined;
		values.set(place, sentence.slice(at, next));
		at = next + piece.length;
	}
	return values;
}

function fill(words: string, valueAt: (place: string) => string): string {
	return words.replace(/\{(\d+)\}/g, (_, place) => valueAt(place));
}
