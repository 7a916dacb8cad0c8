// Prints like mocha's own spec reporter and leaves the counts in the file that KEYWARD_TEST_RESULT names.
const { appendFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      appendFileSync(process.env.KEYWARD_TEST_RESULT, `${JSON.stringify({ passes, failures, skipped })}\n`);
    });
  }
};
