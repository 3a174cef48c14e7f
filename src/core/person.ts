import type { Person } from './commit.ts';

/**
 * What two mentions of one person have in common: the address where there is one, else the name.
 * Case does not matter in either, and a GitHub noreply address counts without its numeric prefix
 * (docs.github.com, "Setting your commit email address": both forms belong to one account).
 */
export function identityOf(person: Person): string {
	let identity = IDENTITIES.get(person);
	if (identity === undefined) {
		identity = readIdentity(person);
		IDENTITIES.set(person, identity);
	}
	return identity;
}

/** A history tells of a person once, in an object that all their commits share. */
const IDENTITIES = new WeakMap<Person, string>();

function readIdentity(person: Person): string {
	const email = person.email
		?.trim()
		.toLowerCase()
		.replace(/^\d+\+(?=[^@]+@users\.noreply\.github\.com$)/, '');
	return email || person.name.trim().toLowerCase().normalize('NFC');
}
