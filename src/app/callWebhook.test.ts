import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../core/userError.ts';
import { callWebhook } from './callWebhook.ts';

describe('a webhook', () => {
	let server: Server;
	let address: string;
	let heard: { request: IncomingMessage; body: string }[];
	let status: number;

	beforeEach(async () => {
		heard = [];
		status = 200;
		server = createServer(async (request, response) => {
			let body = '';
			for await (const piece of request) body += piece;
			heard.push({ request, body });
			response.writeHead(status, { location: `${address}/elsewhere` }).end('ok');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/SECRET`;
	});
	afterEach(() => {
		server.closeAllConnections();
		server.close();
	});

	const refused = (url: string) =>
		assert.rejects(callWebhook(url, { text: 'x' }), (error) => {
			assert.ok(error instanceof UserError);
			assert.doesNotMatch(`${error.message} ${error.stack} ${error.cause}`, /SECRET|hunter2/);
			return true;
		});

	it('gets the message as JSON', async () => {
		await callWebhook(address, { text: 'héllo\n"' });
		assert.deepEqual(
			heard.map(({ request, body }) => [request.method, request.headers['content-type'], JSON.parse(body)]),
			[['POST', 'application/json; charset=utf-8', { text: 'héllo\n"' }]],
		);
	});

	it('is never written in an error, whatever goes wrong', async () => {
		status = 404;
		await refused(address);
		await refused('SECRET');
		await refused('https://user:hunter2@127.0.0.1/SECRET');
		await new Promise((resolve) => server.close(resolve));
		await refused(address);
	});

	it('is not followed elsewhere', async () => {
		status = 307;
		await refused(address);
		assert.equal(heard.length, 1);
	});

	it('has to be https, but on this machine', async () => {
		await refused('http://example.com/SECRET');
		await refused('file:///SECRET');
		await refused('http://127.0.0.1.example.com/SECRET');
	});
});
