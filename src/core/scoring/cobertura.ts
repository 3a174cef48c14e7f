import { UserError } from '../userError.ts';
import { shareOf } from './coverage.ts';

/** A root element's tag is far shorter; what is longer is not read as one. In characters. */
const LONGEST_TAG = 4096;

/**
 * The covered lines of a cobertura report in percent, from the attributes of its root element (coverage-04.dtd). No
 * entity is expanded and nothing below the root is read.
 */
export function parseCobertura(text: string, name: string): number {
	const tag = rootTag(text);
	if (tag === undefined || !/^<coverage\s/.test(tag)) {
		throw new UserError(`${name} is XML, but not a cobertura report: its root element must be coverage.`);
	}
	if (!tag.endsWith('/>') && !text.endsWith('</coverage>')) {
		throw new UserError(`${name} is cut off: it does not end with </coverage>. Write it again.`);
	}
	const valid = numberOf(tag, 'lines-valid');
	const covered = numberOf(tag, 'lines-covered');
	if (Number.isSafeInteger(valid) && Number.isSafeInteger(covered)) return shareOf(covered!, valid!, name);
	const rate = numberOf(tag, 'line-rate');
	if (rate === undefined || rate > 1) {
		throw new UserError(`${name} has no line-rate from 0 to 1 on its coverage element; write it as cobertura XML.`);
	}
	return rate * 100;
}

/** The first element's tag, past the declaration, comments and document type. */
function rootTag(text: string): string | undefined {
	let at = 0;
	for (;;) {
		while (/\s/.test(text.charAt(at))) at++;
		const close = closeOfProlog(text, at);
		if (close === undefined) break;
		const end = text.indexOf(close, at);
		if (end < 0) return undefined;
		at = end + close.length;
	}
	const tag = text.slice(at, at + LONGEST_TAG);
	const end = tag.indexOf('>');
	return end < 0 ? undefined : tag.slice(0, end + 1);
}

/** What ends the piece before the root element that begins here. */
function closeOfProlog(text: string, at: number): string | undefined {
	if (text.startsWith('<?', at)) return '?>';
	if (text.startsWith('<!--', at)) return '-->';
	if (!text.startsWith('<!DOCTYPE', at)) return undefined;
	const bracket = text.indexOf('[', at);
	const end = text.indexOf('>', at);
	return bracket >= 0 && bracket < end ? ']>' : '>';
}

function numberOf(tag: string, attribute: string): number | undefined {
	const found = tag.match(new RegExp(`\\s${attribute}\\s?=\\s?["'](\\d{1,15}(?:\\.\\d{1,30})?)["']`));
	return found ? Number(found[1]) : undefined;
}
