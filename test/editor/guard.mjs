// Runs a server in a process group of its own and ends the whole group, then removes its folder, once the standard
// input closes. That happens when the harness asks for it and also when the harness dies in whatever way.
// Arguments: the folder, the command, its arguments.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function end() {
	process.removeAllListeners('SIGTERM');
	process.on('SIGTERM', () => {});
	process.kill(-process.pid, 'SIGTERM');
	const finish = () => {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		process.kill(-process.pid, 'SIGKILL');
	};
	if (server.exitCode !== null || server.signalCode !== null) {
		finish();
	} else {
		server.once('exit', finish);
		setTimeout(finish, 5000);
	}
}

server.once('error', (error) => {
	console.error(error.message);
	end();
});
server.once('exit', end);
process.once('SIGTERM', end);
process.stdin.once('close', end);
process.stdin.resume();
