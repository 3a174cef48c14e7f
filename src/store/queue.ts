import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../files/fileError.ts';
import { whileBusy } from '../files/whileBusy.ts';
import { exists, type Holder } from './holder.ts';

/** A ticket's name: when it was drawn (ms, base 36, by the drawer's clock), by which process of which machine, and its token. */
const TICKET = /^[0-9a-z]{9}-(\d{1,10})-([0-9a-f]{8})-[0-9a-f]{16}$/;

/**
 * A process's place among those that wait for a lock: an empty file in a folder beside it, whose name says all. The queue only says who
 * tries next; who holds the lock is told by the lock file alone. So nothing that goes wrong here can let two in, a ticket may be removed
 * at any time (its owner draws it again, with its old time), and clocks that differ cost no more than fairness.
 */
export class Place {
	readonly #folder: string;
	readonly #name: string;
	readonly #machine: string;
	#isDrawn = false;

	constructor(lockFile: string, token: string, { pid, machine }: Holder) {
		this.#folder = folderOf(lockFile);
		this.#machine = createHash('sha256').update(machine).digest('hex').slice(0, 8);
		this.#name = `${Date.now().toString(36).padStart(9, '0')}-${pid}-${this.#machine}-${token}`;
	}

	/** The tickets of those who go first, the next one at the head. Draws our own ticket, where it is missing. */
	async ahead(): Promise<string[]> {
		const names = this.#isDrawn ? ticketsIn(this.#folder) : [];
		if (!names.includes(this.#name)) {
			this.#draw();
			names.splice(0, names.length, ...ticketsIn(this.#folder));
		}
		const before = names.filter((name) => name < this.#name).sort();
		// Only the head holds anybody up.
		while (before[0] !== undefined && this.#hasEnded(before[0])) await this.drop(before.splice(0, 1));
		return before;
	}

	/** The file of a ticket. */
	pathOf(ticket: string): string {
		return join(this.#folder, ticket);
	}

	/** Takes these out of the queue. */
	async drop(tickets: readonly string[]): Promise<void> {
		// In one go, since our own goes while we hold the lock. Left behind where it cannot be removed: others step over it after a while.
		for (const name of tickets) await whileBusy(async () => unlinkSync(this.pathOf(name))).catch(() => undefined);
	}

	/** Gives our ticket back; the last to go removes the folder. */
	async leave(): Promise<void> {
		if (!this.#isDrawn) return;
		await this.drop([this.#name]);
		try {
			rmdirSync(this.#folder);
		} catch {
			// Somebody else waits.
		}
	}

	#draw(): void {
		for (let tries = 1; ; tries++) {
			try {
				makeFolder(this.#folder);
				writeFileSync(this.pathOf(this.#name), '');
				this.#isDrawn = true;
				return;
			} catch (error) {
				// Between the two, the last to go removed the folder.
				if (tries === 10 || !hasCode(error, 'ENOENT')) throw error;
			}
		}
	}

	/** On this machine the process table tells; elsewhere nothing does, and time must. */
	#hasEnded(name: string): boolean {
		const [, pid, machine] = TICKET.exec(name)!;
		return machine === this.#machine && !exists(Number(pid));
	}
}

/** Whether anybody waits for a lock. Costs one look at a folder that is mostly not there. */
export function isQueued(lockFile: string): boolean {
	return ticketsIn(folderOf(lockFile)).length > 0;
}

function folderOf(lockFile: string): string {
	return `${lockFile}.queue`;
}

function ticketsIn(folder: string): string[] {
	try {
		return readdirSync(folder).filter((name) => TICKET.test(name));
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return [];
		throw error;
	}
}

/** A checkout may have brought a link along: it is not followed. */
function makeFolder(folder: string): void {
	try {
		mkdirSync(folder);
	} catch (error) {
		if (!hasCode(error, 'EEXIST') || !lstatSync(folder).isDirectory()) throw error;
	}
}
