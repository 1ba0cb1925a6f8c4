// Builds everything that ships from src/ into dist/.
//
//   node esbuild.mjs                development build, with source maps
//   node esbuild.mjs --watch        the same, again after every change
//   node esbuild.mjs --production   minified; a bundle over its budget fails the build
//
// Every build also writes out/meta/<bundle>.json (esbuild's metafile: what went into what, read by
// test/architecture) and dist/THIRD-PARTY-NOTICES.txt.
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { bundles, metaFolder, outFolder } from './build/bundles.mjs';
import { bundlePlugins, watchReport } from './build/esbuild-plugins.mjs';
import { writeNotices } from './build/third-party-notices.mjs';

const root = import.meta.dirname;
process.chdir(root);
const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');

/**
 * Files that are copied as they are.
 * @type {readonly (readonly [from: string, to: string])[]}
 */
const copies = [
  ['node_modules/@vscode/codicons/dist/codicon.css', 'webview/codicon.css'],
  ['node_modules/@vscode/codicons/dist/codicon.ttf', 'webview/codicon.ttf'],
];

const report = isWatch ? watchReport() : undefined;

const present = bundles.filter((bundle) => {
  const isThere = existsSync(bundle.entry);
  if (!isThere) console.log(`skipped ${bundle.name}: ${bundle.entry} is not there yet`);
  return isThere;
});

/**
 * esbuild's options for one bundle.
 * @param {import('./build/bundles.mjs').Bundle} bundle
 * @returns {import('esbuild').BuildOptions & { metafile: true }}
 */
function optionsFor(bundle) {
  const isBrowser = bundle.platform === 'browser';
  return {
    absWorkingDir: root,
    entryPoints: [{ in: bundle.entry, out: bundle.out }],
    outdir: outFolder,
    outExtension: isBrowser ? {} : { '.js': '.cjs' },
    bundle: true,
    platform: bundle.platform,
    format: isBrowser ? 'iife' : 'cjs',
    target: bundle.target,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    external: bundle.mayImportVsCode ? ['vscode'] : [],
    alias: {
      // proper-lockfile brings both, and both patch the process they are loaded into.
      'graceful-fs': 'node:fs',
      'signal-exit': path.join(root, 'build/shims/signal-exit.cjs'),
      yaml: path.join(root, 'build/shims/yaml.cjs'),
    },
    // Source files say `import.meta.dirname`, which a CommonJS bundle calls `__dirname`.
    define: isBrowser
      ? { 'process.env.NODE_ENV': isProduction ? '"production"' : '"development"' }
      : { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    // Inside the editor `import()` of our own files has to become `require`, which knows `vscode`.
    ...(isBrowser ? {} : { supported: { 'dynamic-import': false } }),
    ...frameOf(bundle),
    minify: isProduction,
    sourcemap: isProduction ? 'external' : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: isWatch ? 'silent' : 'warning',
    plugins: [...bundlePlugins(bundle), ...(report === undefined ? [] : [report])],
  };
}

/**
 * What stands before and after the code of a bundle.
 * @param {import('./build/bundles.mjs').Bundle} bundle
 * @returns {Pick<import('esbuild').BuildOptions, 'banner' | 'footer'>}
 */
function frameOf({ isExecutable, isFunction = false }) {
  if (isExecutable) return { banner: { js: '#!/usr/bin/env node' } };
  if (!isFunction) return {};
  return {
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
  };
}

/**
 * Everything that follows a build of one bundle; returns the row of its table.
 * @param {import('./build/bundles.mjs').Bundle} bundle
 * @param {import('esbuild').Metafile} metafile
 */
async function finish(bundle, metafile) {
  await mkdir(metaFolder, { recursive: true });
  await writeFile(path.join(metaFolder, `${bundle.name}.json`), JSON.stringify(metafile));
  const outputs = Object.entries(metafile.outputs).filter(([file]) => !file.endsWith('.map'));
  if (bundle.isExecutable) for (const [file] of outputs) await chmod(file, 0o755);
  const input = Object.values(metafile.inputs).reduce((sum, { bytes }) => sum + bytes, 0);
  const output = outputs.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  return { bundle, files: Object.keys(metafile.inputs).length, input, output };
}

/** @param {Awaited<ReturnType<typeof finish>>[]} rows */
function printTable(rows) {
  const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  for (const { bundle, files, input, output } of rows) {
    const columns = [
      bundle.name.padEnd(10),
      `${files} files`.padStart(10),
      kb(input).padStart(10),
      kb(output).padStart(10),
    ];
    if (isProduction) columns.push(`  budget ${kb(bundle.budget)}`);
    if (isProduction && output > bundle.budget) columns.push('  OVER');
    console.log(columns.join(''));
  }
}

/** Copies what is shipped as it is; returns the files' places in dist/. */
async function copyAssets() {
  await mkdir(path.join(outFolder, 'webview'), { recursive: true });
  for (const [from, to] of copies) await copyFile(from, path.join(outFolder, to));
  return copies.map(([, to]) => path.posix.join(outFolder, to));
}

/**
 * Removes what an earlier build left in dist/ and this one did not make.
 * @param {Set<string>} wanted
 */
async function removeStale(wanted) {
  const entries = await readdir(outFolder, { recursive: true });
  for (const entry of entries) {
    const file = path.posix.join(outFolder, entry.split(path.sep).join('/'));
    if (!wanted.has(file) && (await stat(file)).isFile()) await rm(file);
  }
}

async function buildOnce() {
  const results = await Promise.all(
    present.map(async (bundle) => ({ bundle, ...(await esbuild.build(optionsFor(bundle))) })),
  );
  const rows = [];
  const wanted = new Set(await copyAssets());
  for (const { bundle, metafile } of results) {
    rows.push(await finish(bundle, metafile));
    for (const file of Object.keys(metafile.outputs)) wanted.add(file);
  }
  const notices = path.posix.join(outFolder, 'THIRD-PARTY-NOTICES.txt');
  await writeNotices(
    notices,
    results.map(({ metafile }) => metafile),
    copies.map(([from]) => from),
  );
  wanted.add(notices);
  await removeStale(wanted);
  if (rows.length > 0) printTable(rows);
  // scripts/start.mjs compares the time of this file with those of the sources.
  await mkdir(metaFolder, { recursive: true });
  await writeFile(path.join(metaFolder, 'built'), isProduction ? 'production\n' : 'development\n');
  const over = rows.filter(({ bundle, output }) => isProduction && output > bundle.budget);
  for (const { bundle, output } of over) {
    console.error(
      `${bundle.name} has ${output} bytes, ${output - bundle.budget} over its budget: ` +
        `see what is in it (out/meta/${bundle.name}.json) before the budget is raised in build/bundles.mjs.`,
    );
  }
  if (over.length > 0) process.exitCode = 1;
}

async function watch() {
  await copyAssets();
  for (const bundle of present) {
    const context = await esbuild.context(optionsFor(bundle));
    await context.watch();
  }
}

try {
  await (isWatch ? watch() : buildOnce());
} catch (error) {
  // esbuild has printed its own messages already.
  if (!(error instanceof Error && 'errors' in error)) console.error(error);
  process.exitCode = 1;
}
