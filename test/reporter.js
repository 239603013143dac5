/** Ends the run with the plain line that people and CI read: how many passed, failed and were skipped. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const crashed = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    process.stdout.write(`\n${results.numPassedTests} passed, ${results.numFailedTests + crashed} failed${skipped}\n`);
  }
}
