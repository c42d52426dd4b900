// Prints `N passed, N failed` (and `, N skipped`) from a result file of vitest. Exit status 1 unless all is well.
const { readFileSync } = require("node:fs");

const file = process.argv[2];
let results;
try {
  results = JSON.parse(readFileSync(file, "utf8"));
} catch (error) {
  console.error(`No test results: ${error.message}`);
  process.exit(1);
}
// A file that fails outside of its tests (on import, in a hook) is a failure that no test counts.
const broken = results.testResults.filter(
  ({ status, assertionResults }) =>
    status === "failed" && !assertionResults.some((test) => test.status === "failed"),
).length;
const passed = results.numPassedTests;
const failed = results.numFailedTests + broken;
const skipped = results.numPendingTests + results.numTodoTests;
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exit(results.success && failed === 0 && passed > 0 ? 0 : 1);
