import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { hasOlderFiles } from '../../app/importOlder.ts';
import { planSetUp, type SetUpStep, setUp, undoSetUp, usualParts } from '../../app/setUp.ts';
import { PARTS, type Part } from '../../app/setUpFiles.ts';
import { Workspace } from '../../app/workspace.ts';
import { UserError } from '../../core/userError.ts';
import { terminalHost } from '../host.ts';
import { type CommonOptions, show, tell } from '../output.ts';

interface SetupOptions extends CommonOptions {
	yes?: boolean;
	undo?: boolean;
	/** Names of parts, with commas. */
	only?: string;
	/** Likewise. */
	without?: string;
}

export async function setup(options: SetupOptions): Promise<number> {
	const { undo = false, yes = false } = options;
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	const parts = undo ? PARTS : await chosenParts(workspace, options);
	const plan = await planSetUp(workspace, parts);
	const undone = undo ? 'done' : 'to do';
	if (!plan.some(({ state }) => state === undone)) {
		if (!undo) await tellOfOlderFiles(workspace);
		showSteps(options, plan, undo ? 'Nothing is set up here.' : outcome('Everything is set up.', plan));
		return 0;
	}
	if (!yes && !(await agreed(plan, undo))) return 1;
	const steps = await (undo ? undoSetUp(workspace) : setUp(workspace, parts));
	if (!undo) await tellOfOlderFiles(workspace);
	showSteps(options, steps, undo ? 'The set-up is taken back.' : outcome('Done.', steps));
	return 0;
}

async function tellOfOlderFiles(workspace: Workspace): Promise<void> {
	if (await hasOlderFiles(workspace)) {
		tell('The older system kept sessions here: "auto-pr import" takes them over.');
	}
}

async function chosenParts(workspace: Workspace, { only, without }: SetupOptions): Promise<Part[]> {
	const left = new Set(without === undefined ? [] : named(without));
	return (only === undefined ? await usualParts(workspace) : named(only)).filter((part) => !left.has(part));
}

function named(list: string): Part[] {
	return list.split(',').map((name) => {
		const part = PARTS.find((one) => one === name.trim());
		if (!part) throw new UserError(`There is no part "${name.trim()}" of the set-up: there are ${PARTS.join(', ')}.`);
		return part;
	});
}

/** Shows the plan on stderr and asks once: stdout is for the result. */
async function agreed(plan: readonly SetUpStep[], undo: boolean): Promise<boolean> {
	if (!process.stdin.isTTY) {
		throw new UserError('There is no terminal to ask on: run "auto-pr setup --yes" to agree to what it does.');
	}
	for (const line of describeSteps(plan)) tell(line);
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	try {
		const question = undo ? 'Take the set-up back? [y/N] ' : 'Do what is left to do? [y/N] ';
		// Ctrl+C and Ctrl+D close the terminal, and the question then stays open for ever.
		const answer = await Promise.race([terminal.question(question), once(terminal, 'close').then(() => 'no')]);
		return /^y(es)?$/i.test(answer.trim());
	} finally {
		terminal.close();
	}
}

function showSteps(options: CommonOptions, steps: readonly SetUpStep[], sentence: string): void {
	show(options, { steps }, [...describeSteps(steps), sentence]);
}

function outcome(sentence: string, steps: readonly SetUpStep[]): string {
	return steps.some(({ state }) => state === 'by hand') ? 'What is left is to be done by hand.' : sentence;
}

function describeSteps(steps: readonly SetUpStep[]): string[] {
	return steps.flatMap(({ what, note, path: place, state }) => [
		`${state.padEnd(8)} ${note === undefined ? what : `${what} ${note}`}`,
		`         ${place}`,
	]);
}
