import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/** Imports go one way only: schemas <- policies <- gateway <- adapters <- deploy (docs/decisions/0001-layout.md). */
const LAYERS = [
  {
    target: './schemas',
    from: ['./policies', './gateway', './adapters', './deploy', './test'],
    message: 'schemas import zod only',
  },
  {
    target: './policies',
    from: ['./gateway', './adapters', './deploy', './test'],
    message: 'policies see schemas only',
  },
  {
    target: './gateway',
    from: ['./adapters', './deploy', './test'],
    message: 'the gateway knows no adapter: add a port',
  },
  {
    target: './adapters',
    from: ['./policies', './deploy', './test'],
    message: 'an adapter sees schemas and gateway/ports only',
  },
  {
    target: './adapters',
    from: './gateway',
    except: ['./ports'],
    message: 'an adapter sees only the gateway\u2019s ports',
  },
  {
    target: './deploy',
    from: './test',
    except: ['./agencies', './population', './bench'],
    message: 'deploy wires; only the demo starts simulators',
  },
];

export default tseslint.config(
  { ignores: ['node_modules/**', '.holdfast/**', 'coverage/**', 'gateway/web/built/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: LAYERS }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only deploy/main.ts reads the environment.' },
      ],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['test/**/*.ts', '**/*.test.ts'],
    rules: {
      // A describe block is a list of promises, not a function a reader has to hold in mind.
      'max-lines-per-function': 'off',
      'import-x/no-restricted-paths': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [] }],
    },
  },
  {
    // The two readers of the environment: the composition root, and the place where tests find reference material.
    files: ['deploy/main.ts', 'deploy/environment.ts', 'test/reference.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['gateway/web/browser/*.mjs'], languageOptions: { globals: { document: 'readonly' } } },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
