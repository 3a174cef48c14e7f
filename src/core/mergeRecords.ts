/** A JSON object as a file has it. */
type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Merges the session records of two branches: each session once, by its id, and none lost. A member that one side alone
 * changed since `base` is that side's; where both changed it, the record with the later activity wins. The order of the
 * sides does not matter.
 */
export function mergeRecords(
	base: readonly unknown[],
	ours: readonly unknown[],
	theirs: readonly unknown[],
): unknown[] {
	const [from, left, right] = [byKey(base), byKey(ours), byKey(theirs)];
	const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
	return keys.map((key) => mergeValue(from.get(key), left.get(key), right.get(key)));
}

/** Merges the members of two objects in the same way. Those that a side took out stay if the other has them. */
export function mergeMembers(base: JsonRecord, ours: JsonRecord, theirs: JsonRecord): Record<string, unknown> {
	const later = laterOf(ours, theirs);
	const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
	const entries = keys.map((key) => [
		key,
		mergeValue(own(base, key), own(ours, key), own(theirs, key), own(later, key)),
	]);
	return Object.fromEntries(entries);
}

function mergeValue(base: unknown, ours: unknown, theirs: unknown, preferred?: unknown): unknown {
	if (ours === undefined) return theirs;
	if (theirs === undefined || canonical(ours) === canonical(theirs)) return ours;
	if (isRecord(ours) && isRecord(theirs)) return mergeMembers(isRecord(base) ? base : {}, ours, theirs);
	if (base !== undefined && canonical(base) === canonical(ours)) return theirs;
	if (base !== undefined && canonical(base) === canonical(theirs)) return ours;
	return preferred ?? (canonical(ours) > canonical(theirs) ? ours : theirs);
}

/** By id; what has none stands for itself. A later one of the same id wins, as it does for the reader. */
function byKey(records: readonly unknown[]): Map<string, unknown> {
	return new Map(records.map((it) => [keyOf(it), it]));
}

function keyOf(value: unknown): string {
	const id = isRecord(value) ? value.session_id : undefined;
	return typeof id === 'string' ? `id ${id}` : `other ${canonical(value)}`;
}

/** Times are ISO strings, whose order is that of time. Between equals the order of the text decides, on both sides alike. */
function laterOf(a: JsonRecord, b: JsonRecord): JsonRecord {
	const [whenA, whenB] = [a, b].map((it) => String(it.completed ?? it.last_activity ?? ''));
	if (whenA !== whenB) return whenA! > whenB! ? a : b;
	return canonical(a) > canonical(b) ? a : b;
}

/** JSON with sorted members: the same text for what is the same. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_, it: unknown) =>
		isRecord(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
	);
}

function own(record: JsonRecord, key: string): unknown {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
