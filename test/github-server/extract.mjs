// Makes openapi.json, the part of GitHub's own OpenAPI description that the test server answers for.
// The whole description is far too big to depend on (385 MB), so the extract is kept in the repository.
// Run it again when an operation is added below, or to follow a newer description:
//
//   npm i --no-save --prefix <folder> @octokit/openapi && node test/github-server/extract.mjs <folder>

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OPERATIONS = new Set([
	'actions/list-workflow-runs',
	'issues/add-labels',
	'issues/create',
	'issues/create-comment',
	'issues/delete-comment',
	'issues/get',
	'issues/get-comment',
	'issues/list-comments',
	'issues/list-for-repo',
	'issues/list-labels-on-issue',
	'issues/remove-label',
	'issues/update',
	'issues/update-comment',
	'pulls/create',
	'pulls/get',
	'pulls/list',
	'pulls/list-commits',
	'pulls/list-files',
	'pulls/update',
	'reactions/create-for-issue-comment',
	'reactions/delete-for-issue-comment',
	'repos/compare-commits-with-basehead',
	'repos/get-collaborator-permission-level',
	'repos/get-content',
]);

/** Keys that tell a reader something, not a validator. */
const PROSE = new Set([
	'description',
	'example',
	'examples',
	'summary',
	'externalDocs',
	'title',
	'default',
	'deprecated',
]);

const [folder] = process.argv.slice(2);
if (folder === undefined) {
	console.error('Usage: node test/github-server/extract.mjs FOLDER, where @octokit/openapi is installed in FOLDER.');
	process.exit(2);
}
const packageFolder = join(folder, 'node_modules', '@octokit', 'openapi');
const whole = JSON.parse(await readFile(join(packageFolder, 'generated', 'api.github.com.json'), 'utf8'));
const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));

const schemas = {};
const operations = [];
for (const [path, item] of Object.entries(whole.paths)) {
	for (const [method, operation] of Object.entries(item)) {
		if (OPERATIONS.delete(operation?.operationId)) operations.push(extractOperation(method, path, operation));
	}
}
if (OPERATIONS.size > 0) throw new Error(`Not in the description: ${[...OPERATIONS].join(', ')}`);

correct(schemas);
correctParameters(operations);
const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
const source = `@octokit/openapi ${version}, api.github.com.json, by test/github-server/extract.mjs`;
const text = `${JSON.stringify({ source, operations, $defs: sorted })}\n`;
await writeFile(join(import.meta.dirname, 'openapi.json'), text);
console.log(`${operations.length} operations, ${Object.keys(sorted).length} schemas, ${Buffer.byteLength(text)} bytes`);

/**
 * Where GitHub answers otherwise than it describes: once a fork is deleted, the head's `repo` is null, and once its owner is, so
 * is `user` (github/rest-api-description #161, desktop/desktop #3022).
 */
function correct(schemas) {
	for (const name of ['pull-request', 'pull-request-simple']) {
		const { properties } = schemas[name].properties.head;
		properties.repo = { anyOf: [properties.repo, { type: 'null' }] };
		properties.user = { anyOf: [properties.user, { type: 'null' }] };
	}
}

/** Described as one time, and in the same place as a range in the syntax of GitHub's search (`>=2025-11-19`). */
function correctParameters(operations) {
	const { parameters } = operations.find(({ id }) => id === 'actions/list-workflow-runs');
	delete parameters.find(({ name }) => name === 'created').schema.format;
}

function extractOperation(method, path, operation) {
	const parameters = (operation.parameters ?? []).map(resolve);
	const body = operation.requestBody && resolve(operation.requestBody);
	return {
		id: operation.operationId,
		method: method.toUpperCase(),
		path,
		parameters: parameters.map((it) => ({
			name: it.name,
			in: it.in,
			required: it.required === true,
			schema: toJsonSchema(it.schema),
		})),
		...(body && {
			body: { required: body.required === true, schema: toJsonSchema(body.content['application/json'].schema) },
		}),
		responses: Object.fromEntries(
			Object.entries(operation.responses).map(([status, response]) => [status, extractResponse(resolve(response))]),
		),
	};
}

/** @returns the schema of each media type, by its name; empty for an answer without a body. */
function extractResponse(response) {
	const types = Object.entries(response.content ?? {});
	return Object.fromEntries(types.map(([type, { schema }]) => [type, toJsonSchema(schema)]));
}

/** Follows a reference to a parameter, request body or response. References to schemas stay, and go to `schemas`. */
function resolve(node) {
	if (node.$ref === undefined) return node;
	return node.$ref
		.split('/')
		.slice(1)
		.reduce((at, key) => at[key], whole);
}

/** OpenAPI 3.0's dialect as plain JSON Schema: `nullable` becomes a type, references point into `$defs`. */
function toJsonSchema(node) {
	if (Array.isArray(node)) return node.map(toJsonSchema);
	if (typeof node !== 'object' || node === null) return node;
	if (typeof node.$ref === 'string') return { $ref: `#/$defs/${keep(node.$ref)}` };
	const { nullable, ...rest } = node;
	const plain = Object.fromEntries(
		Object.entries(rest)
			.filter(([key]) => !PROSE.has(key) && !key.startsWith('x-'))
			.map(([key, value]) => [key, convertMember(key, value)]),
	);
	return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/** Under `properties` the keys are names of the data, so none of them is prose. */
function convertMember(key, value) {
	if (key !== 'properties') return toJsonSchema(value);
	return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toJsonSchema(schema)]));
}

function keep(reference) {
	const name = reference.split('/').at(-1);
	if (!(name in schemas)) {
		schemas[name] = {};
		schemas[name] = toJsonSchema(whole.components.schemas[name]);
	}
	return name;
}
