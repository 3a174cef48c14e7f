import path from 'node:path';
import { findOlderFiles, type Imported, importOlder, type OlderText } from '../../app/importOlder.ts';
import { Workspace } from '../../app/workspace.ts';
import { terminalHost } from '../host.ts';
import { readWhole } from '../input.ts';
import { type CommonOptions, show } from '../output.ts';
import { count, number } from '../words.ts';

/** Bytes: 10,000 sessions have 6 MB. */
const MOST = 64 * 1024 * 1024;

/** How many of the things that were left out are told in text. */
const MOST_TOLD = 20;

export async function importFiles(
	files: readonly string[],
	options: CommonOptions & { zone?: string },
): Promise<number> {
	const workspace = await Workspace.open(path.resolve(options.repo), terminalHost());
	const texts = files.length > 0 ? await readAll(files) : await findOlderFiles(workspace);
	const result = await importOlder(workspace, texts, options.zone);
	const nothing = texts.length === 0;
	show(
		options,
		{ files: texts.map(({ name }) => name), ...result },
		nothing ? ['No file of the older system is here. Name those to import.'] : lines(result, options.zone),
	);
	return nothing ? 1 : 0;
}

async function readAll(files: readonly string[]): Promise<OlderText[]> {
	const texts: OlderText[] = [];
	for (const name of files) texts.push({ name, text: await readWhole(name, MOST) });
	return texts;
}

function lines(result: Imported, zone: string | undefined): string[] {
	const { added, updated, known, running, withoutZone, dropped } = result;
	const told = [
		`${count(added.length, 'session')} imported, ${number(updated.length)} brought up to date, ${number(known.length)} here already.`,
	];
	if (withoutZone > 0 && zone === undefined && added.length + updated.length > 0) {
		told.push(
			`The times of ${count(withoutZone, 'session')} name no zone and were taken as UTC. If that is wrong: import again with --zone Europe/Berlin or whichever it was.`,
		);
	}
	if (running.length > 0) {
		told.push(`Still running, to be imported again when over: ${running.slice(0, MOST_TOLD).join(', ')}.`);
	}
	told.push(...dropped.slice(0, MOST_TOLD));
	if (dropped.length > MOST_TOLD) told.push(`... and ${number(dropped.length - MOST_TOLD)} more: --json lists all.`);
	return told;
}
