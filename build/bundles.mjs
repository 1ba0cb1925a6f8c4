// What is built: read by esbuild.mjs and by test/architecture.
import { existsSync } from 'node:fs';

/** Where the bundles go. */
export const outFolder = 'dist';

/** Where esbuild's metafiles go, one a bundle. */
export const metaFolder = 'out/meta';

/**
 * @typedef {object} Bundle
 * @property {string} name            of the metafile, and in messages
 * @property {string} entry           source file
 * @property {string} out             place in dist/, without extension
 * @property {'node' | 'browser'} platform
 * @property {string} target          oldest runtime
 * @property {boolean} mayImportVsCode
 * @property {boolean} isExecutable   gets a first line for Unix shells, and the x bit
 * @property {boolean} [isFunction]   is one function expression, for src/engine/compile-bundle.ts
 * @property {number} budget          bytes, minified
 */

/** @type {readonly Bundle[]} */
export const bundles = [
  {
    name: 'extension',
    entry: 'src/extension/extension.ts',
    out: 'extension',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    budget: 250_000,
  },
  {
    // Loads those below without compiling them again: see `lazyBundle` in esbuild-plugins.mjs.
    name: 'loader',
    entry: 'src/extension/load-compiled.ts',
    out: 'loader',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: false,
    isExecutable: false,
    budget: 8_000,
  },
  {
    // Loaded when the first workflow file has to be read. It is short, since it holds up the extension host the first time.
    name: 'language',
    entry: 'src/extension/language-entry.ts',
    out: 'language',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 130_000,
  },
  {
    // What a workflow file shows of its executions: loaded once one was read.
    name: 'features',
    entry: 'src/extension/diagnostics/features-entry.ts',
    out: 'features',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 70_000,
  },
  {
    // Completion and the like, and graphs: loaded when one of them is asked for.
    name: 'authoring',
    entry: 'src/extension/authoring/authoring-entry.ts',
    out: 'authoring',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 150_000,
  },
  {
    // Conversion of other files: loaded with its command.
    name: 'convert',
    entry: 'src/extension/authoring/convert-entry.ts',
    out: 'convert',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 150_000,
  },
  {
    // Tasks of the editor: loaded when it asks for them.
    name: 'tasks',
    entry: 'src/extension/tasks/tasks-entry.ts',
    out: 'tasks',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 70_000,
  },
  {
    // The YAML library, for the few files that are not plain: all bundles share it. See shims/yaml.cjs.
    name: 'yaml',
    entry: 'node_modules/yaml/browser/index.js',
    out: 'yaml',
    platform: 'node',
    target: 'node20',
    mayImportVsCode: false,
    isExecutable: false,
    isFunction: true,
    budget: 120_000,
  },
  {
    // Loaded with the first dashboard that is opened.
    name: 'dashboard',
    entry: 'src/extension/dashboard/dashboard-entry.ts',
    out: 'dashboard',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 150_000,
  },
  {
    // How long tasks usually take: loaded while executions go on, so that it has to be short.
    name: 'past',
    entry: 'src/extension/folders/past-entry.ts',
    out: 'past',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    budget: 25_000,
  },
  {
    // Export, doctor, usage and cleaning of the state folder: loaded when one of them is used.
    name: 'tools',
    entry: 'src/extension/tools/tools-entry.ts',
    out: 'tools',
    platform: 'node',
    target: 'node22',
    mayImportVsCode: true,
    isExecutable: false,
    isFunction: true,
    budget: 200_000,
  },
  {
    // What is loaded before any command: see src/cli/main.ts.
    name: 'cli',
    entry: 'src/cli/main.ts',
    out: 'cli',
    platform: 'node',
    target: 'node20',
    mayImportVsCode: false,
    isExecutable: true,
    budget: 16_000,
  },
  {
    name: 'runner',
    entry: 'src/cli/runner-main.ts',
    out: 'runner',
    platform: 'node',
    target: 'node20',
    mayImportVsCode: false,
    isExecutable: false,
    budget: 8_000,
  },
  {
    // What owns an execution, loaded by the two above: `run` and the runner. See src/cli/load-bundle.ts.
    name: 'run',
    entry: 'src/cli/run-programs.ts',
    out: 'run',
    platform: 'node',
    target: 'node20',
    mayImportVsCode: false,
    isExecutable: false,
    isFunction: true,
    budget: 350_000,
  },
  {
    // All commands, loaded by the first of the two: see src/cli/load-bundle.ts.
    name: 'programs',
    entry: 'src/cli/programs.ts',
    out: 'programs',
    platform: 'node',
    target: 'node20',
    mayImportVsCode: false,
    isExecutable: false,
    isFunction: true,
    // Engine and command line in one file: chokidar 55 KB, our own code 370 KB.
    budget: 520_000,
  },
  {
    // The budget is for dashboard.js and dashboard.css together; the icon font is not counted.
    name: 'webview',
    entry: existsSync('src/webview/main.tsx') ? 'src/webview/main.tsx' : 'src/webview/main.ts',
    out: 'webview/dashboard',
    platform: 'browser',
    target: 'es2022',
    mayImportVsCode: false,
    isExecutable: false,
    budget: 350_000,
  },
  {
    // The graph beside a workflow file: script and styles together.
    name: 'graph',
    entry: 'src/webview/graph-page.tsx',
    out: 'webview/graph',
    platform: 'browser',
    target: 'es2022',
    mayImportVsCode: false,
    isExecutable: false,
    budget: 230_000,
  },
];
