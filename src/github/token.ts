import { execFile } from 'node:child_process';
import { homedir } from 'node:os';

/** Environment variables by name, as in `process.env`. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a program and returns what it printed; undefined when it is absent, fails or takes too long. */
export type Run = (program: string, args: readonly string[], env: Environment) => Promise<string | undefined>;

/** ms. `gh` may wait for a locked key ring. */
const LIMIT = 5000;

/**
 * Finds a token for a host: GITHUB_TOKEN, GH_TOKEN, then the sign-in of GitHub's command line.
 *
 * A token in the environment names no host, and the host comes from a remote that anybody may have written. So each
 * variable counts only for the hosts that it is for: see `variablesFor`.
 *
 * @param host As in `Forge.host`.
 */
export async function findToken(host: string, env: Environment, run: Run = runProgram): Promise<string | undefined> {
	const found = variablesFor(host, env)
		.map((name) => env[name]?.trim())
		.find(Boolean);
	if (found) return found;
	// Without the variables, because `gh auth token` prints GH_ENTERPRISE_TOKEN for whatever enterprise host it is asked for.
	const printed = await run('gh', ['auth', 'token', `--hostname=${host}`], withoutTokens(env));
	return printed?.trim() || undefined;
}

type TokenVariable = 'GITHUB_TOKEN' | 'GH_TOKEN' | 'GH_ENTERPRISE_TOKEN' | 'GITHUB_ENTERPRISE_TOKEN';

/**
 * Which variables hold a token for this host. `gh help environment`: GH_TOKEN and GITHUB_TOKEN are for github.com and
 * ghe.com, the ENTERPRISE ones for a server of one's own, here the one that GH_HOST or GITHUB_SERVER_URL names. In GitHub
 * Actions, GITHUB_TOKEN is for the server that runs them, GITHUB_SERVER_URL.
 */
function variablesFor(host: string, env: Environment): TokenVariable[] {
	const cloud = host === 'github.com' || host.endsWith('.ghe.com');
	const server = hostOf(env.GITHUB_SERVER_URL);
	const named = host === server || host === env.GH_HOST?.trim().toLowerCase();
	return [
		...((server === undefined ? cloud : host === server) ? (['GITHUB_TOKEN'] as const) : []),
		...(cloud ? (['GH_TOKEN'] as const) : []),
		...(!cloud && named ? (['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'] as const) : []),
	];
}

function hostOf(url: string | undefined): string | undefined {
	return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}

function withoutTokens(env: Environment): Environment {
	// Windows takes names in any case.
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(GH|GITHUB)(_ENTERPRISE)?_TOKEN$/i.test(name)));
}

function runProgram(program: string, args: readonly string[], env: Environment): Promise<string | undefined> {
	// Away from the repository: Windows looks for a program in the current folder first.
	const options = { cwd: homedir(), env: { ...env }, timeout: LIMIT, windowsHide: true };
	return new Promise((resolve) => {
		execFile(program, args, options, (error, stdout) => resolve(error ? undefined : stdout));
	});
}
