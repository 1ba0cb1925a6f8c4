import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { house } from './build/eslint-rules.mjs';
import { maxLines, vsCodeApiFile } from './build/worlds.mjs';

const exportsByName = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export has another name in every file that imports it.',
};
const noEnums = {
  selector: 'TSEnumDeclaration, TSModuleDeclaration[kind="namespace"]',
  message: 'Use a union of literals (and a const object where values are needed).',
};
const oneVsCodeApi = {
  selector: 'CallExpression[callee.name="acquireVsCodeApi"]',
  message: `acquireVsCodeApi may be called once per page: import what ${vsCodeApiFile} exports.`,
};

export default tseslint.config(
  {
    ignores: ['dist/', 'out/', 'dist-package/', 'node_modules/', '.vscode-*/', '.agent-executor/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX, house },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
      // A cycle is made by our own files: do not follow the packages.
      'import-x/ignore': ['node_modules'],
    },
    rules: {
      'house/fences': 'error',
      'house/kebab-case': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', { max: maxLines }],
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', exportsByName, noEnums, oneVsCodeApi],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // A union gets every case; a string or a number may have a default instead.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      // Numbers and booleans read well in a message; objects, undefined and any do not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `() => void stop()` and `() => emitter.fire()` are clear.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A parameter that an interface forces on us is marked by an underscore.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // `while (true)` with an exit inside says what it means.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },

  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: [vsCodeApiFile],
    rules: { 'no-restricted-syntax': ['error', exportsByName, noEnums] },
  },

  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // A fixture is known to be there; the test fails at the line when it is not.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A fake has to be async where the real one is.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A test may index a fixture by name.
      '@typescript-eslint/dot-notation': 'off',
    },
  },

  {
    files: ['**/*.{mjs,cjs,js}'],
    extends: [tseslint.configs.strict],
    plugins: { house },
    languageOptions: { sourceType: 'module' },
    rules: {
      'house/kebab-case': 'error',
      'max-lines': ['error', { max: maxLines }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
