import type { Filter } from '../../core/analytics/filter.ts';

/** The filter with one part more, or without it where it stood already. */
export function toggled(filter: Filter, part: Filter): Filter {
	if (!holds(filter, part)) return { ...filter, ...part };
	return Object.fromEntries(Object.entries(filter).filter(([key]) => !Object.hasOwn(part, key)));
}

/** Whether a filter has this part. */
export function holds(filter: Filter, part: Filter): boolean {
	const entries = Object.entries(part) as [keyof Filter, unknown][];
	return entries.every(([key, value]) => String(filter[key]) === String(value) && Object.hasOwn(filter, key));
}
