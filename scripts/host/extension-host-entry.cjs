// Runs inside VS Code's extension host (it is the extensionTestsPath): mirrors console output into a file that the
// runner prints, then hands over to the suite's own entry (its `run()`).
const { appendFileSync } = require('node:fs');
const { format } = require('node:util');

const report = process.env.KEYWARD_HOST_REPORT;
for (const level of ['log', 'info', 'warn', 'error']) {
  const original = console[level];
  // VS Code defines these with a setter that does nothing, so a plain assignment is lost
  Object.defineProperty(console, level, {
    configurable: true,
    writable: true,
    value: (...parts) => {
      appendFileSync(report, `${format(...parts)}\n`);
      original.apply(console, parts);
    },
  });
}

exports.run = async () => {
  await require(process.env.KEYWARD_HOST_TESTS).run();
};
