import type { ChangeKind, FileChange } from './commit.ts';

/**
 * Folds one commit's changes into a net change by path, each file once: a file that was added and then removed is no
 * change, one that was added and then edited is an addition. Changes `net` in place.
 */
export function foldChanges(net: Map<string, ChangeKind>, changes: readonly FileChange[]): void {
	for (const { kind, path, from } of changes) {
		if (kind === 'R' && from !== undefined) {
			const before = net.get(from);
			remove(net, from);
			// A file that the session itself added was never known by its old name.
			net.set(path, net.get(path) === 'D' ? 'M' : before === 'A' ? 'A' : 'R');
		} else if (kind === 'D') {
			remove(net, path);
		} else if (kind === 'A' || kind === 'C') {
			net.set(path, net.get(path) === 'D' ? 'M' : 'A');
		} else if (!net.has(path)) {
			net.set(path, kind);
		}
	}
}

function remove(net: Map<string, ChangeKind>, path: string): void {
	const kind = net.get(path);
	// Neither was there before the session.
	if (kind === 'A' || kind === 'R') net.delete(path);
	else net.set(path, 'D');
}
