import { SLOW_SECONDS } from './slow-files.js';

/**
 * The order in which a run takes the test files. First all that are quick: whoever broke a unit reads so within the first
 * minute. Then the slow ones, the longest first: what is left when one worker has nothing more to do is short, so that
 * all end together. The other way round would save a few seconds and keep the commonest failures for the end.
 */
export default class QuickThenLongest {
  sort(tests) {
    const secondsOf = ({ path, context }) => {
      const name = path.slice(context.config.rootDir.length + 1).replaceAll('\\', '/');
      return SLOW_SECONDS[name] ?? 0;
    };
    const byName = (one, other) => (one.path < other.path ? -1 : 1);
    const quick = tests.filter((test) => secondsOf(test) === 0).sort(byName);
    const slow = tests.filter((test) => secondsOf(test) > 0).sort((one, other) => secondsOf(other) - secondsOf(one));
    return [...quick, ...slow];
  }

  /** What failed last time is not remembered, so that every run is the same: all are taken. */
  allFailedTests(tests) {
    return tests;
  }

  /** Durations are in the repository, not in a cache: a fresh clone runs in the same order. */
  cacheResults() {}
}
