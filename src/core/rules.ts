import { compileMarkers, type Markers } from './completion.ts';
import type { Configuration } from './configuration.ts';
import type { DetectionRules } from './detection.ts';
import { compilePatterns } from './patterns.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A configuration made ready for deciding. Times in ms; Infinity where a rule is switched off. */
export interface Rules extends DetectionRules {
	timeout: number;
	warning: number;
	quiet: number;
	anchoredTimeout: number;
	markers: Markers;
}

/** Compiles a configuration. `bad` lists the patterns that were left out, by their place in `auto_pr_patterns`. */
export async function compileRules(
	configuration: Configuration,
): Promise<{ rules: Rules; bad: { index: number; reason: string }[] }> {
	const { patterns, bad } = await compilePatterns(configuration.auto_pr_patterns);
	const byTimeout = configuration.enable_timeout_completion;
	return {
		rules: {
			patterns,
			agents: configuration.agents,
			smallHeuristic: configuration.enable_small_pr_heuristic,
			minFilesForManual: configuration.min_files_for_manual,
			timeout: byTimeout ? configuration.timeout_minutes * MINUTE : Number.POSITIVE_INFINITY,
			anchoredTimeout: byTimeout ? configuration.anchored_timeout_hours * HOUR : Number.POSITIVE_INFINITY,
			warning: configuration.idle_warning_minutes * MINUTE,
			quiet: configuration.enable_heuristic_completion
				? configuration.heuristic_quiet_minutes * MINUTE
				: Number.POSITIVE_INFINITY,
			markers: compileMarkers(configuration.completion_markers),
		},
		bad,
	};
}
