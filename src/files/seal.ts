import { createHash } from 'node:crypto';

const SEAL = /^(?:#|\/\/|<!--) Auto-PR Sessions: unedited ([0-9a-f]{64})(?: -->)?$/;

/**
 * Ends a text with a comment by which any version of ours can tell later that nobody edited it, also in a clone: such a file may be
 * replaced by a newer one. No protection against somebody who wants to mislead.
 */
export function sealed(text: string, comment: '#' | '//' | '<!--'): string {
	const body = text.endsWith('\n') ? text : `${text}\n`;
	const end = comment === '<!--' ? ' -->' : '';
	return `${body}${comment} Auto-PR Sessions: unedited ${hashOf(withPlainLineBreaks(body))}${end}\n`;
}

/** Whether a text still is as it was sealed, but for its line breaks, which git may convert. */
export function isUnedited(text: string): boolean {
	const plain = withPlainLineBreaks(text);
	const start = plain.lastIndexOf('\n', plain.length - 2) + 1;
	return plain.endsWith('\n') && SEAL.exec(plain.slice(start, -1))?.[1] === hashOf(plain.slice(0, start));
}

/** Whether two texts differ in their line breaks at most. */
export function sameText(a: string, b: string): boolean {
	return withPlainLineBreaks(a) === withPlainLineBreaks(b);
}

function withPlainLineBreaks(text: string): string {
	return text.replaceAll('\r\n', '\n');
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
