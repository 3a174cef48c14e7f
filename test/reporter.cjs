// Shows a mocha run as the reporter named by the option `shown` does, and writes its counts to AUTO_PR_TEST_COUNTS,
// where test/run.mjs reads them.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class CountingReporter {
	constructor(runner, options) {
		new reporters[options.reporterOptions?.shown ?? 'spec'](runner, options);
		runner.once('end', () => {
			const { passes, failures, pending } = runner.stats;
			writeFileSync(process.env.AUTO_PR_TEST_COUNTS, JSON.stringify({ passes, failures, pending }));
		});
	}
};
