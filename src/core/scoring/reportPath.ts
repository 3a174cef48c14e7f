/** A path or URI of a report, with `/`, without `./` or `file://` in front. Undefined where it names no file. */
export function reportPath(value: unknown): string | undefined {
	if (typeof value !== 'string' || value === '') return undefined;
	let path = value.replaceAll('\\', '/');
	if (/^file:\/\//i.test(path)) path = path.slice(7).replace(/^\/(?=[A-Za-z]:)/, '');
	while (path.startsWith('./')) path = path.slice(2);
	return path === '' ? undefined : path;
}

/** The same for a URI, whose escapes are read: `my%20file.ts`. */
export function uriPath(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	try {
		return reportPath(decodeURIComponent(value));
	} catch {
		// A lone `%`: some tools write plain paths here.
		return reportPath(value);
	}
}
