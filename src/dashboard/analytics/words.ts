/** What completed a session, in words. */
const TRIGGERS: Readonly<Record<string, string>> = {
	explicit: 'ended by hand',
	timeout: 'timed out',
	heuristic: 'rounded off',
	closed: 'pull request closed',
	orphaned: 'orphaned',
};

/** A trigger as a person reads it; a word of an older system's stays as it is. */
export function triggerWord(trigger: string): string {
	return (Object.hasOwn(TRIGGERS, trigger) && TRIGGERS[trigger]) || trigger;
}

/** `1,125`, `5.9`. */
export function figure(value: number): string {
	return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** `96 %` of a share from 0 to 1. */
export function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}
