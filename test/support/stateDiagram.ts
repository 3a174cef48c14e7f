import { TRANSITIONS } from '../../src/core/lifecycle.ts';

/** `none` and `discarded` are before and after a session's life: mermaid draws both as `[*]`. */
const OUTSIDE = new Set(['none', 'discarded']);

/** The life of a session as a mermaid diagram, drawn from the table that the tracker runs on. */
export function drawLifecycle(): string {
	const lines = ['stateDiagram-v2'];
	for (const [from, steps] of Object.entries(TRANSITIONS)) {
		const labels = new Map<string, string[]>();
		for (const [on, { to, duties }] of Object.entries(steps)) {
			const key = `${to}: ${duties.join(', ')}`;
			labels.set(key, [...(labels.get(key) ?? []), on]);
		}
		for (const [key, happenings] of labels) {
			const [to = '', duties = ''] = key.split(': ');
			lines.push(`    ${node(from)} --> ${node(to)}: ${happenings.join(', ')}${duties && ` / ${duties}`}`);
		}
		if (Object.keys(steps).length === 0 && !OUTSIDE.has(from)) lines.push(`    ${from} --> [*]`);
	}
	return lines.join('\n');
}

function node(stage: string): string {
	return OUTSIDE.has(stage) ? '[*]' : stage;
}
