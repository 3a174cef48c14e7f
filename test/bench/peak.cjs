// Loaded into a program that is measured: tells at its end what it took, as JSON in the file AUTO_PR_BENCH_PEAK.
const { writeFileSync } = require('node:fs');
const { AUTO_PR_BENCH_PEAK: file } = process.env;
if (file) {
	process.once('exit', () => {
		const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
		writeFileSync(file, JSON.stringify({ bytes: maxRSS * 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
	});
}
