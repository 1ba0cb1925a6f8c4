// esbuild plug-ins of this repository.

/**
 * The plug-ins for one bundle.
 * @param {import('./bundles.mjs').Bundle} bundle
 * @param {boolean} isWatch
 * @returns {import('esbuild').Plugin[]}
 */
export function bundlePlugins(bundle, isWatch) {
  return [
    ...(bundle.mayImportVsCode ? [] : [noVsCode(bundle.name)]),
    ...(bundle.name === 'extension' ? [lazyLanguage] : []),
    ...(isWatch ? [watchReport(bundle.name)] : []),
  ];
}

/**
 * `vscode` exists in the extension host alone: anywhere else its import is a mistake, and the
 * message should say who made it.
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
function noVsCode(name) {
  return {
    name: 'no-vscode',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, () => ({
        errors: [
          { text: `the bundle "${name}" runs without an editor and must not import vscode` },
        ],
      }));
    },
  };
}

/**
 * `await import('./language-entry.ts')` in src/extension is typed like any import, and becomes
 * `require('./language.cjs')`: the YAML parser and all that hangs on it stay out of activation.
 * @type {import('esbuild').Plugin}
 */
const lazyLanguage = {
  name: 'lazy-language',
  setup(build) {
    build.onResolve({ filter: /\/language-entry\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import'
        ? { path: './language.cjs', external: true }
        : { errors: [{ text: 'load the language with `await import`, so that it stays lazy' }] },
    );
  },
};

/**
 * Lines that the problem matcher of .vscode/tasks.json understands.
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
function watchReport(name) {
  return {
    name: 'watch-report',
    setup(build) {
      build.onStart(() => {
        console.log(`[watch] ${name} started`);
      });
      build.onEnd(({ errors, warnings }) => {
        const report = (
          /** @type {string} */ severity,
          /** @type {import('esbuild').Message[]} */ messages,
        ) => {
          for (const { location, text } of messages) {
            const place = location ?? { file: 'esbuild.mjs', line: 1, column: 0 };
            console.log(`${place.file}:${place.line}:${place.column + 1}: ${severity}: ${text}`);
          }
        };
        report('error', errors);
        report('warning', warnings);
        console.log(`[watch] ${name} finished`);
      });
    },
  };
}
