const SPACE = /[ \t\r\n]*/y;

/** A mark, a text, or another scalar, in one group each (RFC 8259). */
const TOKEN =
	/([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** What may come: a value, a value or `]`, a key, a key or `}`, a colon, or what follows a value. */
type Expected = 'value' | 'item' | 'key' | 'member' | 'colon' | 'after';

const VALUE = { '{': 'member', '[': 'item', text: 'after', scalar: 'after' } as const;

const NEXT: Readonly<Record<Expected, Readonly<Record<string, Expected>>>> = {
	value: VALUE,
	item: { ...VALUE, ']': 'after' },
	key: { text: 'colon' },
	member: { text: 'colon', '}': 'after' },
	colon: { ':': 'value' },
	after: { ',': 'value', ']': 'after', '}': 'after' },
};

/** Where a text stops being JSON, in UTF-16 code units. JSON.parse knows, but tells only in some versions of Node. */
export function jsonErrorOffset(text: string): number {
	const open: string[] = [];
	let expected: Expected = 'value';
	for (let offset = 0; ; offset = TOKEN.lastIndex) {
		SPACE.lastIndex = offset;
		SPACE.exec(text);
		offset = TOKEN.lastIndex = SPACE.lastIndex;
		const match = TOKEN.exec(text);
		const kind = match?.[1] ?? (match?.[2] === undefined ? 'scalar' : 'text');
		const inside = open.at(-1);
		const next: Expected | undefined = NEXT[expected][kind];
		if (!match || !next || (expected === 'after' && !mayFollow(kind, inside))) return offset;
		if (kind === '{' || kind === '[') open.push(kind);
		if (kind === '}' || kind === ']') open.pop();
		expected = kind === ',' && inside === '{' ? 'key' : next;
	}
}

/** Whether a mark may stand after a value that is `inside` an object or list, or in neither. */
function mayFollow(mark: string, inside: string | undefined): boolean {
	if (inside === undefined) return false;
	return mark === ',' || mark === (inside === '{' ? '}' : ']');
}
