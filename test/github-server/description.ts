import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

type Schema = Record<string, unknown>;

interface Parameter {
	name: string;
	in: 'path' | 'query';
	required: boolean;
	schema: Schema;
}

interface Operation {
	id: string;
	method: string;
	/** With its parameters in braces: `/repos/{owner}/{repo}`. */
	path: string;
	parameters: Parameter[];
	body?: { required: boolean; schema: Schema };
	/** By status, then by media type. */
	responses: Record<string, Record<string, Schema>>;
}

/** The part of GitHub's OpenAPI description that `extract.mjs` took. */
interface Extract {
	operations: Operation[];
	$defs: Record<string, Schema>;
}

/** A request that an operation was found for. */
export interface Call {
	operation: Operation;
	/** Path parameters, decoded. */
	path: Record<string, string>;
	query: URLSearchParams;
	body: unknown;
}

/** What every operation may answer, such as 401, is not described for each. */
const ANY_ERROR: Schema = { $ref: '#/$defs/basic-error' };

const extract = JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')) as Extract;
const ajv = createValidator();
const compiled = new Map<Schema, ValidateFunction>();

function createValidator(): Ajv {
	// Numbers come as text in paths and queries, so those alone are converted: see `explainValue`.
	const it = new Ajv({ strict: false, allErrors: true });
	it.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
	it.addFormat('uri', { validate: (text: string) => URL.canParse(text) });
	it.addFormat('repo.nwo', /^[^/\s]+\/[^/\s]+$/);
	it.addFormat('int64', true);
	it.addFormat('email', /^[^@\s]+@[^@\s]+$/);
	return it;
}

/** @returns the operation that a request is for; undefined if the description has none. */
export function findOperation(
	method: string,
	pathname: string,
): { operation: Operation; path: Call['path'] } | undefined {
	const segments = pathname.split('/');
	for (const operation of extract.operations) {
		if (operation.method !== method) continue;
		const path = matchPath(operation.path.split('/'), segments);
		if (path) return { operation, path };
	}
	return undefined;
}

/** The last parameter of `contents/{path}` may hold slashes, encoded or not. */
function matchPath(template: string[], segments: string[]): Call['path'] | undefined {
	const greedy = template.at(-1) === '{path}';
	if (greedy ? segments.length < template.length : segments.length !== template.length) return undefined;
	const path: Call['path'] = {};
	for (const [index, part] of template.entries()) {
		const last = greedy && index === template.length - 1;
		const text = last ? segments.slice(index).join('/') : (segments[index] ?? '');
		if (part.startsWith('{')) path[part.slice(1, -1)] = decodeURIComponent(text);
		else if (part !== text) return undefined;
	}
	return path;
}

/** @returns what in a request GitHub's description does not allow; also names that it does not know, which GitHub ignores. */
export function violationsOfCall({ operation, path, query, body }: Call): string[] {
	const known = new Map(operation.parameters.map((it) => [`${it.in} ${it.name}`, it]));
	const given = [
		...Object.entries(path).map(([name, value]) => ['path', name, value] as const),
		...[...query].map(([name, value]) => ['query', name, value] as const),
	];
	return [
		...given.flatMap(([where, name, value]) => violationsOfParameter(known.get(`${where} ${name}`), name, value)),
		...operation.parameters
			.filter((it) => it.in === 'query' && it.required && !query.has(it.name))
			.map((it) => `query parameter ${it.name} is missing`),
		...violationsOfBody(operation, body),
	];
}

function violationsOfParameter(parameter: Parameter | undefined, name: string, text: string): string[] {
	if (!parameter) return [`there is no parameter ${name}`];
	const isNumber = parameter.schema.type === 'integer' && /^\d+$/.test(text);
	return violations(parameter.schema, isNumber ? Number(text) : text, name);
}

function violationsOfBody(operation: Operation, body: unknown): string[] {
	if (!operation.body) return body === undefined ? [] : ['a body, where none is taken'];
	if (body === undefined) return operation.body.required ? ['the body is missing'] : [];
	const unknown = Object.keys(body as object).filter((name) => !JSON.stringify(operation.body).includes(`"${name}":`));
	return [...violations(operation.body.schema, body, 'body'), ...unknown.map((name) => `there is no body.${name}`)];
}

/** @returns what in an answer GitHub's description does not allow. */
export function violationsOfAnswer(operation: Operation, status: number, mediaType: string, data: unknown): string[] {
	const described = operation.responses[status];
	if (!described) return status < 400 ? [`status ${status}`] : violations(ANY_ERROR, data, 'answer');
	if (data === undefined) return Object.keys(described).length === 0 ? [] : ['no body'];
	// The raw text of a file is described in prose only.
	if (mediaType.includes('raw')) return typeof data === 'string' ? [] : ['raw contents that are no text'];
	const schema = described[mediaType];
	return schema ? violations(schema, data, 'answer') : [`media type ${mediaType}`];
}

function violations(schema: Schema, data: unknown, name: string): string[] {
	let validate = compiled.get(schema);
	if (!validate) {
		validate = ajv.compile({ ...schema, $defs: extract.$defs });
		compiled.set(schema, validate);
	}
	if (validate(data)) return [];
	return (validate.errors ?? []).map((error) => `${name}${error.instancePath} ${error.message}`);
}
