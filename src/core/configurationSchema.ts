import { KEYS, type KeySpec } from './configuration.ts';

/**
 * The JSON Schema (draft 7, as YAML editors take it) of `session_config.yaml`, for completion and hover. That one key must be
 * below another is beyond it: the reader says so.
 */
export function configurationSchema(): Record<string, unknown> {
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'Auto-PR Sessions',
		description: "The team's configuration of Auto-PR Sessions. Every key is optional.",
		type: 'object',
		additionalProperties: false,
		properties: Object.fromEntries(Object.entries(KEYS).map(([key, spec]) => [key, schemaOf(spec)])),
	};
}

function schemaOf(spec: KeySpec): Record<string, unknown> {
	const { about: description, value } = spec;
	switch (spec.kind) {
		case 'number':
			return { description, type: 'number', minimum: spec.min, maximum: spec.max, default: value };
		case 'boolean':
			return { description, type: 'boolean', default: value };
		case 'texts':
			return { description, type: 'array', items: { type: 'string', minLength: 1 }, default: value };
	}
}
