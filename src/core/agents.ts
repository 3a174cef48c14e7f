import { type Account, AGENTS, BOTS } from './accounts.ts';
import type { Person } from './commit.ts';

/** What somebody can be known by, in the form that the indexes use. */
interface Keys {
	name: string;
	/** '' where it is not known. */
	address: string;
	/** The address without GitHub's account number: `198982749+Copilot@users…` and `Copilot@users…` are one account. */
	bareAddress: string;
	/** `cursor[bot]`, by the address or else by the name; '' for any other account. */
	botLogin: string;
}

interface Index {
	byAddress: Map<string, string>;
	byName: Map<string, string>;
	bySharedName: Map<string, string>;
}

const BOT_SUFFIX = '[bot]';
const GITHUB_NOREPLY = '@users.noreply.github.com';

/** `gh` tells the author of a bot's pull request as `app/dependabot` (github.com/basecamp/.github/pull/12). */
const GH_APP_PREFIX = 'app/';

/**
 * The bot user behind a GitLab access token: `project_42_bot_7f3a`, formerly `project42_bot1`; its address goes on with
 * `@noreply.` and the host (docs.gitlab.com, "Project access tokens", "Bot users for projects").
 */
const GITLAB_BOT = /^(?:project|group)_?\d+_bot(?:_?[0-9a-z]+)?(?:@noreply\.|$)/;

const AGENT_INDEX = indexOf(AGENTS);
const BOT_INDEX = indexOf(BOTS);
const CO_AUTHORS = mapOf(AGENTS, (agent) => agent.coAuthorEmails ?? []);
const NAME_ENDINGS = AGENTS.flatMap(({ name, nameEnding }) => (nameEnding ? [{ name, nameEnding }] : []));
const BRANCHES = AGENTS.flatMap(({ name, branches }) => branches.map((start) => ({ name, start })));

/** A team's own agents, indexed once for each list. */
const TEAM_INDEXES = new WeakMap<readonly string[], Map<string, string>>();
const NO_TEAM_AGENTS: readonly string[] = [];

/**
 * The coding agent whose account this is, by its name in `accounts.ts`; undefined for a person or a bot. A name that
 * people bear too (Claude) is believed only with the agent's own address, or where no address is known.
 *
 * `more`: the team's own agents, each a whole name, a whole address or a login such as `acme-agent[bot]`. One of those is
 * returned as the team wrote it.
 */
export function agentOf(person: Person, more: readonly string[] = NO_TEAM_AGENTS): string | undefined {
	const keys = keysOfPerson(person);
	return knownAgent(keys) ?? (more.length > 0 ? teamAgent(keys, more) : undefined);
}

/**
 * The coding agent that committed what somebody else wrote. Aider does not count here: it puts its mark on the committer alone
 * where it saves a person's own edits before it begins (aider.chat/docs/git.html).
 */
export function agentOfCommitter(person: Person, more: readonly string[] = NO_TEAM_AGENTS): string | undefined {
	const keys = keysOfPerson(person);
	return lookUp(AGENT_INDEX, keys) ?? (more.length > 0 ? teamAgent(keys, more) : undefined);
}

/**
 * The bot that makes no sessions and whose account this is, as people call it; undefined for a person or a known agent.
 * Every account `…[bot]` that is no known agent is a bot. Ask it of authors: as a committer, GitHub is no bot but the web.
 */
export function botOf(person: Person): string | undefined {
	const keys = keysOfPerson(person);
	if (knownAgent(keys) !== undefined) return undefined;
	const known = lookUp(BOT_INDEX, keys);
	if (known !== undefined) return known;
	if (keys.botLogin) return keys.botLogin;
	return GITLAB_BOT.test(keys.address || keys.name) ? person.name.trim() || keys.address : undefined;
}

/** The coding agent that a co-author trailer names: it marks the commit as assisted, not as automatic. */
export function coAuthorAgent(person: Person): string | undefined {
	const keys = keysOfPerson(person);
	return knownAgent(keys) ?? CO_AUTHORS.get(keys.address);
}

/** The coding agent that makes branches of such a name: `copilot/fix-login`, with or without `refs/heads/`. */
export function agentOfBranch(branch: string): string | undefined {
	const short = branch.startsWith('refs/heads/') ? branch.slice('refs/heads/'.length) : branch;
	return BRANCHES.find(({ start }) => beginsLike(short, start))?.name;
}

function knownAgent(keys: Keys): string | undefined {
	return lookUp(AGENT_INDEX, keys) ?? NAME_ENDINGS.find(({ nameEnding }) => keys.name.endsWith(nameEnding))?.name;
}

function teamAgent({ name, address, bareAddress, botLogin }: Keys, more: readonly string[]): string | undefined {
	let index = TEAM_INDEXES.get(more);
	if (!index) {
		index = mapOf(more, (entry) => [entry, bareAddressOf(folded(entry))]);
		TEAM_INDEXES.set(more, index);
	}
	return index.get(address) ?? index.get(bareAddress) ?? index.get(botLogin) ?? index.get(name);
}

function lookUp(index: Index, { name, address, bareAddress, botLogin }: Keys): string | undefined {
	return (
		index.byAddress.get(address) ??
		index.byAddress.get(bareAddress) ??
		index.byName.get(botLogin) ??
		index.byName.get(name) ??
		(address ? undefined : index.bySharedName.get(name))
	);
}

/** A history tells of a person once, in an object that all their commits share. */
const KEYS = new WeakMap<Person, Keys>();

function keysOfPerson(person: Person): Keys {
	let keys = KEYS.get(person);
	if (!keys) {
		keys = readKeys(person);
		KEYS.set(person, keys);
	}
	return keys;
}

function readKeys(person: Person): Keys {
	let name = folded(person.name);
	if (name.startsWith(GH_APP_PREFIX)) name = name.slice(GH_APP_PREFIX.length) + BOT_SUFFIX;
	const address = folded(person.email ?? '');
	const bareAddress = bareAddressOf(address);
	return { name, address, bareAddress, botLogin: botLoginOf(address) || (name.endsWith(BOT_SUFFIX) ? name : '') };
}

/** `cursor[bot]` of `206951365+cursor[bot]@users.noreply.github.com`: no person's address has brackets, on any host. */
function botLoginOf(address: string): string {
	const end = address.lastIndexOf(`${BOT_SUFFIX}@`);
	if (end < 0) return '';
	return withoutNumber(address.slice(0, end)) + BOT_SUFFIX;
}

function bareAddressOf(address: string): string {
	return address.endsWith(GITHUB_NOREPLY) ? withoutNumber(address) : address;
}

function withoutNumber(text: string): string {
	return text.replace(/^\d+\+/, '');
}

function folded(text: string): string {
	return text.trim().toLowerCase().normalize('NFC');
}

function beginsLike(text: string, start: string): boolean {
	if (text.length < start.length) return false;
	for (let at = 0; at < start.length; at++) {
		const wanted = start[at];
		const found = text[at]!;
		if (wanted === '#' ? found < '0' || found > '9' : found !== wanted) return false;
	}
	return true;
}

function indexOf(entries: readonly Account[]): Index {
	return {
		byAddress: mapOf(entries, (entry) => entry.emails),
		byName: mapOf(entries, (entry) => entry.names),
		bySharedName: mapOf(entries, (entry) => entry.sharedNames ?? []),
	};
}

/** From each key to what its entry is called. The empty key, which is how "not known" is spelt, never gets in. */
function mapOf<T extends string | { name: string }>(
	entries: readonly T[],
	keysOf: (entry: T) => readonly string[],
): Map<string, string> {
	const map = new Map<string, string>();
	for (const entry of entries) {
		for (const key of keysOf(entry)) {
			if (folded(key)) map.set(folded(key), typeof entry === 'string' ? entry.trim() : entry.name);
		}
	}
	return map;
}
