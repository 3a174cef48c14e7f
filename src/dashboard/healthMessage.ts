import type { Health } from '../core/health/health.ts';

/** How the repository's sessions stand against their limits. */
export interface HealthMessage {
	type: 'health';
	health: Health;
}

/** Reads such a message; undefined for what is none. */
export function readHealthMessage({ type, health }: Readonly<Record<string, unknown>>): HealthMessage | undefined {
	return type === 'health' && isHealth(health) ? { type, health } : undefined;
}

function isHealth(value: unknown): value is Health {
	if (!isRecord(value)) return false;
	const { findings, orphans, operations } = value;
	return isListOf(findings, isFinding) && isListOf(orphans, isText) && isListOf(operations, isTimes);
}

function isFinding(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const { name, figure, limit, advice, warns } = value;
	return [name, figure, limit, advice].every(isText) && typeof warns === 'boolean';
}

function isTimes(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const { operation, times, median, p99 } = value;
	return isText(operation) && [times, median, p99].every((number) => typeof number === 'number');
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(isOne);
}

function isText(value: unknown): boolean {
	return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
