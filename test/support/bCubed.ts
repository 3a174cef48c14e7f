/**
 * For each commit, the share of its batch that belongs with it (precision), and of its true session that was batched with
 * it (recall), averaged: B-cubed (Bagga and Baldwin 1998). `pairs`: the true session and the one that was found.
 */
export function bCubed(pairs: readonly [string, string][]): { precision: number; recall: number } {
	const count = (keys: string[]) =>
		keys.reduce((map, key) => map.set(key, (map.get(key) ?? 0) + 1), new Map<string, number>());
	const known = count(pairs.map(([truth]) => truth));
	const ours = count(pairs.map(([, session]) => session));
	const both = count(pairs.map((pair) => pair.join('\n')));
	const mean = (share: (truth: string, session: string) => number) =>
		pairs.reduce((sum, [truth, session]) => sum + (both.get(`${truth}\n${session}`) ?? 0) / share(truth, session), 0) /
		pairs.length;
	return { precision: mean((_, session) => ours.get(session)!), recall: mean((truth) => known.get(truth)!) };
}
