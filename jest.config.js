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
  reporters: ['default', '<rootDir>/test/reporter.js'],
};
