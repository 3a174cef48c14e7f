/** How bad a finding is, worst first. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Something that static analysis found to be insecure. */
export interface Finding {
	/** The rule's name in its tool; untrusted. */
	rule: string;
	severity: Severity;
	/** With `/`, as the report gives it: relative to where the tool ran, or absolute. */
	path?: string;
}
