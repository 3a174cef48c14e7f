import { KEYS, type KeySpec } from '../../src/core/configuration.ts';

/** The reference of the configuration's keys, from the table that the reader runs on. */
export function describeKeys(): string {
	return Object.entries(KEYS)
		.map(([key, spec]) => `### \`${key}\`\n\n${spec.about}\n\n${described(spec)}`)
		.join('\n\n');
}

function described(spec: KeySpec): string {
	if (spec.kind === 'number') return `Default: ${spec.value}; from ${spec.min} to ${spec.max}.`;
	if (spec.kind === 'boolean') return `Default: ${spec.value}.`;
	return spec.value.length === 0
		? 'Default: none.'
		: `Default:\n\n${spec.value.map((value) => `- \`${value}\``).join('\n')}`;
}
