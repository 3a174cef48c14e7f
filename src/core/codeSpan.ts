/**
 * A code span that no text can end: its fence is longer than any run of backticks inside (CommonMark 0.31, 6.1). GitHub reads neither HTML nor
 * links nor @mentions in it.
 */
export function codeSpan(text: string): string {
	const line = text.replace(/[\0-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
	const runs = line.match(/`+/g) ?? [];
	const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
	return line === '' ? '' : `${fence} ${line} ${fence}`;
}
