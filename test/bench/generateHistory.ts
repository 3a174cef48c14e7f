import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** What a generated history has. */
export interface HistoryShape {
	/** How many commits, merges included. */
	commits: number;
	/** Whether its sessions' commits carry the trailer, as the hook writes it. */
	trailers?: boolean;
	/** Few files, and few of them in a commit: made in a fifth of the time, and read by git in a third. */
	lean?: boolean;
}

const MINUTE = 60;
/** 2025-01-01, in seconds UTC. */
const BEGIN = 1_735_689_600;
const PEOPLE = ['Alice Doe <alice@example.com>', 'Bob Roe <bob@example.com>', 'Cho Ren <cho@example.com>'];
const AGENT = 'copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>';
const FOLDERS = ['src/cart', 'src/tax', 'lib', 'test/cart', 'docs', 'apps/web/pages'];
const FILES_EACH = 24;
/** At the top of the tree, beside the folders: the histories have 36 to 135 entries there. */
const TOP_FILES = 40;
/** One commit in so many changes many files at once. The histories have 2.4 to 17 files a commit on average. */
const SWEEP_EVERY = 10;
const SWEEP_FILES = 25;
/** Contents that files change among: writing a new one for each change would take most of the time. */
const CONTENTS = 64;
const TITLES = ['Auto-PR: lib (1 files)', 'wip: prices in cents', 'checkpoint: cart', 'Auto-PR: src (3 files)'];

/**
 * Fills an empty repository with a history shaped like public ones: people who commit by hand, bursts of micro-commits of
 * 12 on average with three minutes between them and hours between bursts, and agents on branches that are merged. The same
 * shape gives the same history.
 */
export async function generateHistory(folder: string, shape: HistoryShape): Promise<void> {
	spawnSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
	const args = ['-c', 'pack.compression=0', '-C', folder, 'fast-import', '--quiet', '--done', '--depth=4'];
	const child = spawn('git', args, {
		stdio: ['pipe', 'inherit', 'inherit'],
	});
	let text = '';
	for (const piece of pieces(shape)) {
		text += piece;
		if (text.length < 1 << 20) continue;
		if (!child.stdin.write(text)) await once(child.stdin, 'drain');
		text = '';
	}
	child.stdin.end(`${text}done\n`);
	const [code] = await once(child, 'close');
	if (code !== 0) throw new Error(`git fast-import ended with exit code ${code}`);
	spawnSync('git', ['-C', folder, 'reset', '--quiet', '--hard', 'main']);
}

function* pieces({ commits, trailers = false, lean = false }: HistoryShape): Generator<string> {
	const random = generator(7);
	const below = (limit: number) => Math.floor(random() * limit);
	let time = BEGIN;
	let mark = 0;
	let trunk = 0;
	for (let n = 1; n <= CONTENTS; n++) yield `blob\nmark :${n}\ndata 25\nexport const n = ${String(n).padStart(7)};\n`;
	const nameOf = (commit: number) => `:${CONTENTS + commit}`;
	/** One commit, numbered by `mark`. */
	const commit = (branch: string, author: string, message: string, parent: number, merged?: number) => {
		mark++;
		const sweep = !lean && mark % SWEEP_EVERY === 0;
		const changed = merged ? 0 : sweep ? SWEEP_FILES : 1 + below(lean ? 2 : 4);
		const files = Array.from({ length: changed }, () => `${FOLDERS[below(FOLDERS.length)]}/f${below(FILES_EACH)}.ts`);
		if (mark === 1 && !lean) for (let n = 0; n < TOP_FILES; n++) files.push(`top${n}.json`);
		return [
			`commit refs/heads/${branch}`,
			`mark ${nameOf(mark)}`,
			`author ${author} ${time} +0000`,
			`committer ${author} ${time} +0000`,
			`data ${Buffer.byteLength(message)}`,
			message,
			...(parent ? [`from ${nameOf(parent)}`] : []),
			...(merged ? [`merge ${nameOf(merged)}`] : []),
			...files.map((file) => `M 644 :${1 + (mark % CONTENTS)} ${file}`),
			'',
		].join('\n');
	};
	while (mark < commits) {
		const kind = below(10);
		time += MINUTE * (60 + below(300));
		const person = PEOPLE[below(PEOPLE.length)]!;
		if (kind < 4) {
			yield commit('main', person, `Change what is shown at the till (${mark})\n`, trunk);
			trunk = mark;
		} else if (kind < 8) {
			const trailer = trailers ? `\n\nSession-Id: ${idOf(person, time)}` : '';
			for (let left = 1 + below(24); left > 0 && mark < commits; left--) {
				yield commit('main', person, `${TITLES[below(TITLES.length)]}${trailer}\n`, trunk);
				trunk = mark;
				time += MINUTE * (1 + below(5));
			}
		} else if (trunk) {
			let tip = trunk;
			for (let left = 2 + below(8); left > 0 && mark < commits - 1; left--) {
				yield commit('agent', AGENT, `Address what the reviewer said (${mark})\n`, tip);
				tip = mark;
				time += MINUTE * (2 + below(20));
			}
			if (tip === trunk) continue;
			yield commit('main', person, `Merge the agent's branch (${mark})\n`, trunk, tip);
			trunk = mark;
		}
	}
}

function idOf(person: string, time: number): string {
	const stamp = new Date(time * 1000).toISOString().replaceAll(/[-:]/g, '');
	return `${person.slice(0, person.indexOf(' <')).toLowerCase().replace(' ', '-')}-${stamp.slice(0, 8)}-${stamp.slice(9, 13)}`;
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
