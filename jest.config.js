/** Tests run as ES modules on the sources themselves; swc only strips the types. */
export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/schemas',
    '<rootDir>/policies',
    '<rootDir>/gateway',
    '<rootDir>/adapters',
    '<rootDir>/test',
    '<rootDir>/deploy',
  ],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/test/database-setup.js',
  globalTeardown: '<rootDir>/test/database-teardown.js',
  testSequencer: '<rootDir>/test/order.js',
  testTimeout: 30_000,
  // Modules of a finished file are not freed (jestjs/jest 9959): past some hundred files a worker collects garbage for
  // longer than it tests. A new worker takes a second.
  workerIdleMemoryLimit: '800MB',
  reporters: ['default', '<rootDir>/test/reporter.js'],
};
