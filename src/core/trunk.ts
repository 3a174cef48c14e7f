/**
 * The trunk of a history that tells no branches: its longest chain of first parents. `commits` oldest first.
 */
export function longestChain(commits: readonly { sha: string; parents: readonly string[] }[]): Set<string> {
	const depth = new Map<string, number>();
	let tip: string | undefined;
	for (const { sha, parents } of commits) {
		const here = (depth.get(parents[0] ?? '') ?? 0) + 1;
		depth.set(sha, here);
		if (tip === undefined || here >= depth.get(tip)!) tip = sha;
	}
	const parentOf = new Map(commits.map(({ sha, parents }) => [sha, parents[0]]));
	const chain = new Set<string>();
	for (let sha = tip; sha !== undefined && depth.has(sha) && !chain.has(sha); sha = parentOf.get(sha)) chain.add(sha);
	return chain;
}
