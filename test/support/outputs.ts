/** Reads a step's outputs (the file GITHUB_OUTPUT): `name<<delimiter` blocks, as the runner does. */
export function readOutputs(text: string): Record<string, string> {
	const lines = text.split('\n').slice(0, -1);
	const outputs: Record<string, string> = {};
	while (lines.length > 0) {
		const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(lines.shift()!)!;
		const value: string[] = [];
		for (let line = lines.shift(); line !== delimiter; line = lines.shift()) value.push(line!);
		outputs[name!] = value.join('\n');
	}
	return outputs;
}
