import { codeSpan } from './codeSpan.ts';
import type { Score } from './scoring/score.ts';

/** So many files are listed; GitHub takes 65,536 characters. */
const MOST = 50;
/** Characters. */
const LONGEST_PATH = 200;
const LONGEST_NOTE = 200;

/** The files that took part in a score, the weightiest first, as Markdown that is closed until somebody opens it. None: no lines. */
export function fileScoreLines({ files }: Pick<Score, 'files'>): string[] {
	const scored = files.filter(({ score, notes }) => score !== 0 || notes !== '');
	if (scored.length === 0) return [];
	const shown = scored.toSorted((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST);
	return [
		'<details><summary>Files</summary>',
		'',
		...shown.map(({ path, score, notes }) => {
			const sign = score > 0 ? '+' : '';
			const note = notes === '' ? '' : `: ${codeSpan(clipped(notes, LONGEST_NOTE))}`;
			return `- ${sign}${score} ${codeSpan(clipped(path, LONGEST_PATH))}${note}`;
		}),
		...(scored.length > MOST ? [`- and ${scored.length - MOST} more`] : []),
		'',
		'</details>',
	];
}

function clipped(text: string, longest: number): string {
	const characters = [...text];
	return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}
