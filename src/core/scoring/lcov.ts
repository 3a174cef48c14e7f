import { UserError } from '../userError.ts';
import { shareOf } from './coverage.ts';

/** The lines of one file's record. */
interface Record {
	/** `LF` and `LH`, where the tool writes them. */
	found?: number;
	hit?: number;
	/** Counted from `DA` lines. */
	lines: number;
	hitLines: number;
}

/** The covered lines of an lcov tracefile in percent, as geninfo(1), "Files", describes it. */
export function parseLcov(text: string, name: string): number {
	let covered = 0;
	let total = 0;
	let record: Record | undefined;
	for (const [index, raw] of text.split('\n').entries()) {
		const line = raw.trimEnd();
		if (line.startsWith('SF:')) {
			if (record) throw new UserError(`${name}:${index + 1} begins a file before the last one ended; write it again.`);
			record = { lines: 0, hitLines: 0 };
		} else if (line === 'end_of_record') {
			covered += record?.hit ?? record?.hitLines ?? 0;
			total += record?.found ?? record?.lines ?? 0;
			record = undefined;
		} else if (record) readLine(line, record, `${name}:${index + 1}`);
		else if (!/^(?:TN:|VER:|#|$)/.test(line)) {
			throw new UserError(
				`${name}:${index + 1} is no coverage report that is known: lcov, cobertura or istanbul JSON.`,
			);
		}
	}
	if (record) throw new UserError(`${name} is cut off: its last file has no end_of_record. Write it again.`);
	return shareOf(covered, total, name);
}

function readLine(line: string, record: Record, place: string): void {
	if (line.startsWith('LF:')) record.found = readCount(line.slice(3), place);
	else if (line.startsWith('LH:')) record.hit = readCount(line.slice(3), place);
	else if (line.startsWith('DA:')) {
		const [, count = ''] = line.slice(3).split(',', 2);
		record.lines++;
		// A count may be negative: gcov overflows (lcov's own `negative` error).
		if (!/^-?\d+$/.test(count)) throw new UserError(`${place} has no count of runs; write the report again.`);
		if (Number(count) > 0) record.hitLines++;
	}
}

function readCount(text: string, place: string): number {
	if (!/^\d{1,15}$/.test(text)) throw new UserError(`${place} has no count of lines; write the report again.`);
	return Number(text);
}
