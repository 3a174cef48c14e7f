/** A pattern of the configuration, ready to run on an untrusted title. */
export interface Pattern {
	/** As it was written. */
	source: string;
	test(title: string): boolean;
}

/** A pattern that could not be used. */
interface BadPattern {
	/** Its place among the sources. */
	index: number;
	/** Why, in the engine's words. */
	reason: string;
}

/** A pattern that is a plain prefix: `^` and literal characters, escaped or harmless. All the defaults are. */
const PLAIN_PREFIX = /^\^((?:\\[^A-Za-z0-9]|[^\\.^$*+?()[\]{}|])+)$/u;

/**
 * Compiles title patterns. They come from a repository, so they run on RE2, whose time is linear in the title
 * (a backtracking engine needs hours for `^(a+)+$`), and case does not matter. A plain prefix needs no engine at all,
 * and the engine is loaded only when some pattern wants it.
 */
export async function compilePatterns(sources: readonly string[]): Promise<{ patterns: Pattern[]; bad: BadPattern[] }> {
	const patterns: Pattern[] = [];
	const bad: BadPattern[] = [];
	for (const [index, source] of sources.entries()) {
		const prefix = plainPrefix(source);
		if (prefix !== undefined) {
			const folded = fold(prefix);
			patterns.push({ source, test: (title) => fold(title.slice(0, prefix.length)) === folded });
			continue;
		}
		try {
			patterns.push(await compileRe2(source));
		} catch (error) {
			bad.push({ index, reason: error instanceof Error ? error.message : String(error) });
		}
	}
	return { patterns, bad };
}

/** The literal text that a pattern asks a title to begin with, when that is all it asks. */
export function plainPrefix(source: string): string | undefined {
	return PLAIN_PREFIX.exec(source)?.[1]?.replace(/\\(.)/gu, '$1');
}

async function compileRe2(source: string): Promise<Pattern> {
	const { RE2JS } = await import('re2js');
	const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
	return { source, test: (title) => compiled.matcher(title).find() };
}

/** Simple case folding, in which RE2 too takes the Kelvin sign for k (as lower-casing does) and the long s for s. */
function fold(text: string): string {
	return text.toLowerCase().replaceAll('\u017F', 's');
}
