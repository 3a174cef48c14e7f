// Loaded into the command line: tells in the file AUTO_PR_TOLD which files it reads and makes, each sync, and which processes it starts, one a line.
const fs = require('node:fs');
const childProcess = require('node:child_process');

const { AUTO_PR_TOLD: file } = process.env;
const append = fs.appendFileSync;
const tell = (kind, what) => append(file, `${kind} ${what}\n`);

for (const [holder, names] of [
	[fs, ['openSync', 'readFileSync', 'createReadStream']],
	[fs.promises, ['open', 'readFile']],
]) {
	for (const name of names) {
		const real = holder[name];
		holder[name] = function (target, ...rest) {
			// A number is a file that is open already.
			const kind = name.startsWith('open') && rest[0] === 'wx' ? 'write' : 'read';
			if (typeof target === 'string' && target !== file) tell(kind, target);
			return real.call(this, target, ...rest);
		};
	}
}
for (const name of ['fsync', 'fsyncSync']) {
	const real = fs[name];
	fs[name] = function (...args) {
		tell('sync', '');
		return real.apply(this, args);
	};
}
const { spawn } = childProcess;
childProcess.spawn = function (command, ...rest) {
	tell('process', command);
	return spawn.call(this, command, ...rest);
};
