import assert from 'node:assert/strict';
import { defaultConfiguration, KEYS } from './configuration.ts';
import { compileRules } from './rules.ts';

describe('defaultConfiguration', () => {
	it('has what the documentation promises', () => {
		const { auto_pr_patterns, completion_markers, agents, ...rest } = defaultConfiguration();
		assert.deepEqual(rest, {
			timeout_minutes: 30,
			idle_warning_minutes: 15,
			heuristic_quiet_minutes: 5,
			anchored_timeout_hours: 168,
			min_files_for_manual: 5,
			enable_small_pr_heuristic: false,
			enable_timeout_completion: true,
			enable_heuristic_completion: true,
			commit_analytics: false,
			rolling_pull_request: false,
		});
		assert.deepEqual(agents, []);
		assert.equal(auto_pr_patterns.length, 6);
		assert.equal(completion_markers.length, 9);
	});

	it('is a copy: what one repository changes is not changed for the next', () => {
		defaultConfiguration().auto_pr_patterns.push('^x');
		assert.ok(!defaultConfiguration().auto_pr_patterns.includes('^x'));
	});

	it('has every number within its own bounds, and a sentence for every key', () => {
		for (const [key, spec] of Object.entries(KEYS)) {
			if (spec.kind === 'number') assert.ok(spec.value >= spec.min && spec.value <= spec.max, key);
			assert.match(spec.about, /\.$/, key);
		}
	});
});

describe('compileRules', () => {
	it('turns minutes and hours into milliseconds', async () => {
		const { rules } = await compileRules(defaultConfiguration());
		assert.equal(rules.timeout, 1_800_000);
		assert.equal(rules.warning, 900_000);
		assert.equal(rules.quiet, 300_000);
		assert.equal(rules.anchoredTimeout, 604_800_000);
	});

	it('never lets time end a session where that is switched off', async () => {
		const { rules } = await compileRules({
			...defaultConfiguration(),
			enable_timeout_completion: false,
			enable_heuristic_completion: false,
		});
		assert.deepEqual([rules.timeout, rules.anchoredTimeout, rules.quiet], [Infinity, Infinity, Infinity]);
	});

	it('leaves bad patterns out and says which', async () => {
		const { rules, bad } = await compileRules({ ...defaultConfiguration(), auto_pr_patterns: ['^a', '('] });
		assert.equal(rules.patterns.length, 1);
		assert.equal(bad[0]?.index, 1);
	});
});
