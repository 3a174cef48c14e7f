import { createHash } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { rm, stat, writeFile } from 'node:fs/promises';
import { hasCode } from '../files/fileError.ts';
import { type Holder, hasEnded } from './holder.ts';

/** A lock file's content: who holds it. Every claim has a token of its own. */
export interface Claim {
	/** 16 hex digits. */
	token: string;
	/** Undefined when the content makes no sense. */
	holder?: Holder;
	/** ISO, for people. */
	since?: string;
	/** By the clock of the file system, ms. */
	madeAt: number;
}

/** Where the holder cannot be asked (another host or container), a claim this old counts as abandoned. */
const ABANDONED_AFTER_MS = 2 * 60 * 1000;

/** The claim in a lock file; undefined when there is none. */
export function readClaim(file: string): Claim | undefined {
	try {
		const text = readFileSync(file, 'utf8').slice(0, 4096);
		const { mtimeMs, ino } = statSync(file);
		return parseClaim(text, mtimeMs) ?? { token: tokenOf(`${text} ${mtimeMs} ${ino}`), madeAt: mtimeMs };
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

/**
 * Makes the lock file, complete from its first moment, unless there is one: a link either appears with its content or fails. Without
 * links (FAT, some network drives), O_EXCL, whose file a killed process can leave empty. Returns whether it was made.
 *
 * In one go, like reading a claim: three small calls to the system, where each `await` between them would keep everybody else waiting
 * for a turn of this process's threads (on a busy machine many times what the calls take).
 */
export function makeClaim(file: string, token: string, holder: Holder): boolean {
	const text = `${JSON.stringify({ token, ...holder, since: new Date().toISOString() })}\n`;
	const draft = `${file}.${token}.claim`;
	try {
		writeFileSync(draft, text, { flag: 'wx' });
		linkOrWrite(draft, file, text);
		return true;
	} catch (error) {
		if (hasCode(error, 'EEXIST')) return false;
		throw error;
	} finally {
		rmSync(draft, { force: true });
	}
}

function linkOrWrite(draft: string, file: string, text: string): void {
	try {
		linkSync(draft, file);
	} catch (error) {
		if (hasCode(error, 'EEXIST')) throw error;
		writeFileSync(file, text, { flag: 'wx' });
	}
}

/**
 * Whether nobody stands behind a claim any more. On this machine only the holder's end counts, never age: a holder that slept is
 * alive. Elsewhere age counts, by the file system's own clock, and only once the caller has `watched` the claim for a while.
 */
export async function isAbandoned(file: string, claim: Claim, watched: boolean): Promise<boolean> {
	const ended = claim.holder && (await hasEnded(claim.holder, watched));
	if (ended !== undefined || !watched) return ended ?? false;
	return (await clockOf(file, claim.token)) - claim.madeAt > ABANDONED_AFTER_MS;
}

/**
 * Removes the abandoned claim `token`, and no other. Whoever makes the guard file named after the token has the sole
 * right to remove that claim, so of two takers one wins and neither can hit the claim that comes next.
 * Returns whether a guard of this process decided it.
 */
export async function removeAbandoned(file: string, token: string, mine: string, holder: Holder): Promise<boolean> {
	const guard = `${file}.${token}.guard`;
	if (!makeClaim(guard, mine, holder)) {
		const other = readClaim(guard);
		// A taker that was killed half-way: its guard is removed by the same rule.
		if (other && (await isAbandoned(guard, other, true))) await removeAbandoned(guard, other.token, mine, holder);
		return false;
	}
	try {
		// In one go: no await, nothing that a sleep could draw out.
		if (readClaim(file)?.token === token) unlinkSync(file);
		return true;
	} finally {
		await rm(guard, { force: true });
	}
}

function parseClaim(text: string, madeAt: number): Claim | undefined {
	try {
		const { token, pid, started, machine, host, since } = JSON.parse(text) as Record<string, unknown>;
		const texts = [token, started, machine, host, since];
		if (!texts.every((it) => typeof it === 'string') || !/^[0-9a-f]{16}$/.test(token as string)) return undefined;
		if (!Number.isSafeInteger(pid) || (pid as number) <= 0) return undefined;
		return { token, holder: { pid, started, machine, host }, since, madeAt } as Claim;
	} catch {
		return undefined;
	}
}

/** A name for a claim that has none. */
function tokenOf(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What time the file system says it is, ms: a server's clock may differ from ours. */
async function clockOf(file: string, token: string): Promise<number> {
	const probe = `${file}.${token}.clock`;
	try {
		await writeFile(probe, '');
		return (await stat(probe)).mtimeMs;
	} finally {
		await rm(probe, { force: true });
	}
}
