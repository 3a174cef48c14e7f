// Stands in for the extension's program in the editor that is measured: loads it, and tells in the file AUTO_PR_BENCH_EVENTS, a JSON object
// a line, how long it took to load and to activate, and which processes and short timers its code starts.
const { appendFileSync } = require('node:fs');
const path = require('node:path');
const childProcess = require('node:child_process');

const file = process.env.AUTO_PR_BENCH_EVENTS;
const own = path.join(__dirname, 'dist');
const tell = (event) => appendFileSync(file, `${JSON.stringify({ at: Date.now(), host: process.pid, ...event })}\n`);
/** Where our code called from; undefined where it did not. */
const ours = () => {
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 50;
	const { stack } = new Error();
	Error.stackTraceLimit = stackTraceLimit;
	// Its first line in our code.
	return stack
		.split('\n')
		.find((line) => line.includes(own))
		?.trim();
};

for (const name of ['spawn', 'execFile', 'exec', 'fork']) {
	const real = childProcess[name];
	childProcess[name] = function (command, args, ...rest) {
		const from = ours();
		if (from) tell({ process: `${command} ${Array.isArray(args) ? args.join(' ') : ''}`, from });
		return real.call(this, command, args, ...rest);
	};
}
for (const name of ['setTimeout', 'setInterval']) {
	const real = globalThis[name];
	globalThis[name] = Object.assign((work, ms, ...rest) => {
		const from = (ms ?? 0) < 1000 && ours();
		if (from) tell({ timer: ms ?? 0, from });
		return real(work, ms, ...rest);
	}, real);
}

const begun = performance.now();
const extension = require('./dist/extension.js');
const loadMs = performance.now() - begun;

exports.activate = (context) => {
	const before = performance.now();
	const api = extension.activate(context);
	tell({ activateMs: performance.now() - before, loadMs });
	return api;
};
exports.deactivate = () => extension.deactivate?.();
