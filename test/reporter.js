import { relative } from 'node:path';

const linesOfSkipped = ({ testFilePath, testResults }, rootDir) =>
  testResults
    .filter(({ status }) => status === 'pending')
    .map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(': '))
    .map((what) => `Skipped in ${relative(rootDir, testFilePath)}: ${what}\n`);

/**
 * Ends the run with what people and CI read: what was skipped, by name, since jest says nothing of files that skip all
 * they have; and the plain line of how many passed, failed and were skipped.
 */
export default class CountReporter {
  constructor(globalConfig) {
    this.globalConfig = globalConfig;
  }

  onRunComplete(_contexts, results) {
    const { rootDir, testNamePattern } = this.globalConfig;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    // Whoever asked for tests by name knows what was left out.
    const asked = testNamePattern === undefined || testNamePattern === '';
    const lines = asked ? results.testResults.flatMap((file) => linesOfSkipped(file, rootDir)) : [];
    // At exit, because jest prints its own summary after every reporter and this line is to be the last.
    process.once('exit', () =>
      process.stdout.write(`\n${lines.join('')}${results.numPassedTests} passed, ${failed} failed${skipped}\n`),
    );
  }
}
