import { UserError } from '../core/userError.ts';

/** A repository on a forge, as a remote's URL names it. Whether GitHub runs there is for the caller to decide. */
export interface Forge {
	/** Lower case, with a port where the web address has an unusual one. */
	host: string;
	/** On forges with nested groups: `group/subgroup`. */
	owner: string;
	repository: string;
	/** Of GitHub's REST API there, without a trailing slash. */
	apiUrl: string;
}

/** Git's URL schemes for a repository on another machine: gitprotocol(7) and git-fetch(1), "Git URLs". */
const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'git:', 'git+ssh:', 'ssh+git:', 'git+https:', 'git+http:']);

/** Other names of github.com: the second is for SSH over port 443 (docs.github.com, "Using SSH over the HTTPS port"). */
const GITHUB_ALIASES = new Set(['www.github.com', 'ssh.github.com']);

/**
 * Reads a remote's URL. Credentials in it are dropped.
 * @param url As `git remote get-url` prints it.
 * @param apiUrl Overrides where the API is, for example from GITHUB_API_URL.
 * @returns undefined for what names no repository on another machine, such as a local path.
 * @throws {UserError} only if `apiUrl` is no web address.
 */
export function parseRemote(url: string, apiUrl?: string): Forge | undefined {
	const override = apiUrl ? cleanApiUrl(apiUrl) : undefined;
	const place = locate(url.trim());
	const path = place && splitPath(place.path);
	if (!place || !path) return undefined;
	return { host: place.host, ...path, apiUrl: override ?? apiUrlOf(place.host) };
}

/** Whether a forge's name says that GitHub runs there. Where it does not, GitHub may run there all the same. */
export function isGitHubByName({ host }: Pick<Forge, 'host'>): boolean {
	return host.includes('github') || host.endsWith('.ghe.com');
}

/** Where GitHub's REST API is: docs.github.com for GitHub Enterprise Server, and for data residency on ghe.com. */
function apiUrlOf(host: string): string {
	if (host === 'github.com') return 'https://api.github.com';
	if (host.endsWith('.ghe.com')) return `https://api.${host}`;
	return `https://${host}/api/v3`;
}

interface Place {
	host: string;
	path: string;
}

function locate(url: string): Place | undefined {
	if (url.includes('://')) return locateUrl(url);
	return locateScp(url);
}

function locateUrl(text: string): Place | undefined {
	const url = parseOrUndefined(text);
	if (!url?.hostname || !SCHEMES.has(url.protocol)) return undefined;
	// The port of SSH, git or plain HTTP is not the one where the API answers over HTTPS.
	const web = url.protocol === 'https:' || url.protocol === 'git+https:';
	return placeAt(web ? url.host : url.hostname, url.pathname);
}

function parseOrUndefined(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** The short form of SSH, `[user@]host:path`. A slash before the colon makes it a local path: git-fetch(1). */
function locateScp(text: string): Place | undefined {
	const [, host, path] = /^(?:[^@/\\:[\]]*@)?([^@/\\:[\]]+|\[[^@/\\[\]]+\]):([^:].*)$/.exec(text) ?? [];
	// One letter is a drive on Windows.
	if (host === undefined || path === undefined || host.length === 1) return undefined;
	return placeAt(host, path);
}

function placeAt(host: string, path: string): Place | undefined {
	const lower = host.toLowerCase();
	if (!/^[a-z0-9_.:[\]-]+$/.test(lower) || lower.startsWith('-') || !parseOrUndefined(`https://${lower}`))
		return undefined;
	return { host: GITHUB_ALIASES.has(lower) ? 'github.com' : lower, path };
}

function splitPath(path: string): { owner: string; repository: string } | undefined {
	const segments = path.split('/').filter((segment) => segment !== '');
	const names = segments.map(decode);
	const repository = names.pop()?.replace(/\.git$/i, '');
	if (!repository || names.length === 0) return undefined;
	if (![...names, repository].every(isName)) return undefined;
	return { owner: names.join('/'), repository };
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

/** Names become segments of an API path, so what would leave the repository's place there is none. */
function isName(segment: string): boolean {
	return segment !== '.' && segment !== '..' && !/[\0-\x20/\\?#\x7f]/.test(segment);
}

function cleanApiUrl(text: string): string {
	const url = parseOrUndefined(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new UserError('The address of the GitHub API is not a web address: set GITHUB_API_URL to one, or unset it.');
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
