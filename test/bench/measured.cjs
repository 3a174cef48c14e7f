// Stands in for the extension's program in the editor that is measured: loads it, and tells in the file AUTO_PR_BENCH_EVENTS, a JSON object
// a line, how long it took to load and to activate, and which processes and short timers its code starts.
const { appendFileSync } = require('node:fs');
const path = require('node:path');
const childProcess = require('node:child_process');

const file = process.env.AUTO_PR_BENCH_EVENTS;
const own = path.join(__dirname, 'dist');
const tell = (event) => appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...event })}\n`);
const isOurs = () => {
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 50;
	const { stack } = new Error();
	Error.stackTraceLimit = stackTraceLimit;
	return stack.includes(own);
};

for (const name of ['spawn', 'execFile', 'exec', 'fork']) {
	const real = childProcess[name];
	childProcess[name] = function (command, args, ...rest) {
		if (isOurs()) tell({ process: `${command} ${Array.isArray(args) ? args.join(' ') : ''}` });
		return real.call(this, command, args, ...rest);
	};
}
for (const name of ['setTimeout', 'setInterval']) {
	const real = globalThis[name];
	globalThis[name] = Object.assign((work, ms, ...rest) => {
		if ((ms ?? 0) < 1000 && isOurs()) tell({ timer: ms ?? 0 });
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
