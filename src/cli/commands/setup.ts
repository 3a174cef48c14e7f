import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { hasOlderFiles } from '../../app/importOlder.ts';
import { observe } from '../../app/observe.ts';
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
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	if (options.undo) return takeBack(workspace, options);
	const parts = await chosenParts(workspace, options);
	const plan = await planSetUp(workspace, parts);
	if (!plan.some(({ state }) => state === 'to do')) {
		await tellOfOlderFiles(workspace);
		showSteps(options, plan, outcome('Everything is set up.', plan));
		return 0;
	}
	if (!options.yes && !(await agreed(plan, 'Do what is left to do?'))) return 1;
	const steps = await setUp(workspace, parts);
	// From here on commits are taken in, although no editor is open: "auto-pr status" catches up.
	if (parts.includes('hook')) await observe(workspace);
	await tellOfOlderFiles(workspace);
	showSteps(options, steps, outcome('Done.', steps));
	return 0;
}

/** Shows what is there, asks once, and tells what stays all the same. */
async function takeBack(workspace: Workspace, options: SetupOptions): Promise<number> {
	const plan = await planSetUp(workspace, PARTS);
	// The exclude list is kept without set-up, too.
	const there = plan.filter(({ state, part }) => state === 'done' && part !== 'exclude');
	if (there.length === 0) {
		showSteps(options, [], 'Nothing is set up here.');
		return 0;
	}
	if (!options.yes && !(await agreed(there, 'Take this back?'))) return 1;
	const left = await undoSetUp(workspace);
	showSteps(options, left, left.length === 0 ? 'The set-up is taken back.' : 'The set-up is taken back, but for this.');
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
async function agreed(plan: readonly SetUpStep[], question: string): Promise<boolean> {
	if (!process.stdin.isTTY) {
		throw new UserError('There is no terminal to ask on: run "auto-pr setup --yes" to agree to what it does.');
	}
	for (const line of describeSteps(plan)) tell(line);
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	try {
		// Ctrl+C and Ctrl+D close the terminal, and the question then stays open for ever.
		const answer = await Promise.race([
			terminal.question(`${question} [y/N] `),
			once(terminal, 'close').then(() => 'no'),
		]);
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
