/** The team's configuration, `.cursor/config/session_config.yaml`, complete: every key has a value. */
export interface Configuration {
	timeout_minutes: number;
	idle_warning_minutes: number;
	heuristic_quiet_minutes: number;
	anchored_timeout_hours: number;
	auto_pr_patterns: string[];
	completion_markers: string[];
	agents: string[];
	min_files_for_manual: number;
	enable_small_pr_heuristic: boolean;
	enable_timeout_completion: boolean;
	enable_heuristic_completion: boolean;
	commit_analytics: boolean;
	rolling_pull_request: boolean;
}

/** One key: its kind, bounds and meaning. The reader, the JSON Schema and the reference in docs all come from here. */
export type KeySpec = { about: string } & (
	| { kind: 'number'; value: number; min: number; max: number }
	| { kind: 'boolean'; value: boolean }
	| { kind: 'texts'; value: readonly string[] }
);

/** Every key of the configuration with its default value. */
export const KEYS: { readonly [Key in keyof Configuration]: KeySpec } = {
	timeout_minutes: {
		kind: 'number',
		value: 30,
		min: 5,
		max: 120,
		about: 'A session completes after this many minutes without activity.',
	},
	idle_warning_minutes: {
		kind: 'number',
		value: 15,
		min: 1,
		max: 119,
		about: 'The status bar warns after this many minutes without activity. Must be below timeout_minutes.',
	},
	heuristic_quiet_minutes: {
		kind: 'number',
		value: 5,
		min: 1,
		max: 60,
		about: 'A session that changed both tests and documentation completes after this many quiet minutes.',
	},
	anchored_timeout_hours: {
		kind: 'number',
		value: 168,
		min: 1,
		max: 720,
		about:
			"How long an agent's own branch, or a session that another tool's trailer names, may pause for a reviewer. " +
			'What belongs together is certain there, so time does not have to guess.',
	},
	auto_pr_patterns: {
		kind: 'texts',
		value: ['^auto-pr:', '^wip:', '^\\[auto\\]', '^checkpoint:', '^cursor-session', '^🤖'],
		about: 'Titles that mark a commit or pull request as automatic: RE2 patterns, case ignored.',
	},
	completion_markers: {
		kind: 'texts',
		value: [
			'ready for review',
			'ready to review',
			'complete',
			'final pr',
			'[session-complete]',
			'[ready]',
			'done with session',
			'finished',
			'✅',
		],
		about:
			'Marks that complete a session. Bracketed and emoji marks count anywhere in a title, words only as a whole part ' +
			'of the title or a whole line of the body.',
	},
	agents: {
		kind: 'texts',
		value: [],
		about: "The team's own coding agents, by the name or address on their commits. The known ones need no entry.",
	},
	min_files_for_manual: {
		kind: 'number',
		value: 5,
		min: 1,
		max: 1000,
		about: 'With enable_small_pr_heuristic: what changes fewer files than this is taken as automatic.',
	},
	enable_small_pr_heuristic: {
		kind: 'boolean',
		value: false,
		about: 'Take small changes as automatic. It takes many human commits too, so it is off.',
	},
	enable_timeout_completion: { kind: 'boolean', value: true, about: 'Complete sessions by timeout.' },
	enable_heuristic_completion: {
		kind: 'boolean',
		value: true,
		about: 'Complete sessions that were rounded off with tests and documentation and then left.',
	},
	commit_analytics: {
		kind: 'boolean',
		value: false,
		about: 'Let git track docs/metrics/auto_pr_sessions.json, so that the team shares its analytics.',
	},
	rolling_pull_request: {
		kind: 'boolean',
		value: false,
		about:
			'Create Pull Request keeps one pull request for each session, from the branch session/ID, wherever its commits are made.',
	},
};

/** A key whose value is not its default. */
export interface Difference {
	key: string;
	value: number | boolean | string | readonly string[];
	usual: number | boolean | string | readonly string[];
}

/** Where a configuration differs from the defaults, in the order of the keys. */
export function differencesOf(configuration: Configuration): Difference[] {
	const usual = defaultConfiguration();
	return (Object.keys(KEYS) as (keyof Configuration)[])
		.filter((key) => JSON.stringify(configuration[key]) !== JSON.stringify(usual[key]))
		.map((key) => ({ key, value: configuration[key], usual: usual[key] }));
}

/** The configuration of a repository that has no file. */
export function defaultConfiguration(): Configuration {
	const values = Object.entries(KEYS).map(([key, spec]) => [key, spec.kind === 'texts' ? [...spec.value] : spec.value]);
	return Object.fromEntries(values) as unknown as Configuration;
}
