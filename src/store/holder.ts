import { execFile } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Which process holds a lock, told so that another process can find out whether it still lives. */
export interface Holder {
	pid: number;
	/** When the process started, in the measure of its system: the same pid with another start is another process. */
	started: string;
	/** The process table that the pid belongs to: a container, WSL and its Windows have one each. */
	machine: string;
	/** For people. */
	host: string;
}

const run = promisify(execFile);

let self: Promise<Holder> | undefined;

/** This process. */
export function thisProcess(): Promise<Holder> {
	self ??= describeThisProcess();
	return self;
}

/**
 * Whether a holder has ended: true, false, or undefined when it lives in another process table and cannot be asked. Off Linux a
 * reused pid is only found out when `thoroughly` is set, since asking starts a process (Windows: about half a second).
 */
export async function hasEnded(holder: Holder, thoroughly: boolean): Promise<boolean | undefined> {
	if (holder.machine !== (await thisProcess()).machine) return undefined;
	if (!exists(holder.pid)) return true;
	if (process.platform === 'linux') {
		const now = await linuxProcess(holder.pid);
		// Nothing to be seen: hidden by hidepid, or ended just now, which the next look tells.
		return now !== undefined && (now.ended || now.started !== holder.started);
	}
	if (!thoroughly) return false;
	const startedAt = await askStart(holder.pid);
	// Both times were taken when the process began, so a later clock jump changes neither.
	return startedAt !== undefined && Math.abs(startedAt - Number(holder.started)) > 60_000;
}

async function describeThisProcess(): Promise<Holder> {
	const { pid } = process;
	const host = hostname();
	if (process.platform !== 'linux') {
		return { pid, started: String(Math.round(performance.timeOrigin)), machine: `${process.platform} ${host}`, host };
	}
	const started = (await linuxProcess(pid))?.started ?? '';
	const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => host);
	return { pid, started, machine: `linux ${boot.trim()} ${pidNamespace()}`, host };
}

function pidNamespace(): string {
	try {
		return readlinkSync('/proc/self/ns/pid');
	} catch {
		return hostname();
	}
}

/** Whether there is a process of this pid, on this machine. */
export function exists(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it exists and is somebody else's.
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}

/** From /proc/PID/stat (proc(5)): field 3 is the state, field 22 the start in clock ticks since boot. */
async function linuxProcess(pid: number): Promise<{ started: string; ended: boolean } | undefined> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	// Field 2, the program's name, may itself hold spaces and parentheses.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return { started: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X' };
}

/** When a process started, ms UTC, as macOS or Windows tell it; undefined when they do not. */
async function askStart(pid: number): Promise<number | undefined> {
	const [program, args] =
		process.platform === 'win32' ? powershell(pid) : ['/bin/ps', ['-o', 'lstart=', '-p', `${pid}`]];
	try {
		const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
		const { stdout } = await run(program, args, { env, timeout: 5000, windowsHide: true });
		const at = Date.parse(process.platform === 'win32' ? stdout.trim() : `${stdout.trim()} UTC`);
		return Number.isNaN(at) ? undefined : at;
	} catch {
		return undefined;
	}
}

/** By its full path: Windows would look for a bare name in the current folder first, which is the untrusted repository. */
function powershell(pid: number): [string, string[]] {
	const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32/WindowsPowerShell/v1.0/powershell.exe');
	const question = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`;
	return [program, ['-NoProfile', '-NonInteractive', '-Command', question]];
}
