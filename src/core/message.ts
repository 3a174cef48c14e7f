/**
 * The line under which git itself drops everything (`git commit -v`, `--cleanup=scissors`), as git-commit(1)
 * documents it; the comment character in front may be any.
 */
const SCISSORS = /^\S* ?-{24} >8 -{24}$/m;

/** A commit message or a pull request's words, taken apart. */
export interface Message {
	/** The first line that is not blank, trimmed. */
	title: string;
	/** All the lines after the title. */
	body: string;
}

/**
 * Reads a message as it comes: any line ending, leading blank lines, a byte order mark, and the scissors line with
 * the diff below it that some clean-up modes leave in.
 */
export function parseMessage(text: string): Message {
	let whole = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	if (whole.includes('\r')) whole = whole.replace(/\r\n?/g, '\n');
	if (whole.includes('>8')) {
		const cut = SCISSORS.exec(whole);
		if (cut) whole = whole.slice(0, cut.index);
	}
	let start = 0;
	for (;;) {
		const end = whole.indexOf('\n', start);
		const line = (end < 0 ? whole.slice(start) : whole.slice(start, end)).trim();
		if (line !== '' || end < 0) return { title: line, body: end < 0 ? '' : whole.slice(end + 1) };
		start = end + 1;
	}
}
