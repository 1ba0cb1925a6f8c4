// esbuild plug-ins of this repository.

/**
 * The plug-ins for one bundle.
 * @param {import('./bundles.mjs').Bundle} bundle
 * @returns {import('esbuild').Plugin[]}
 */
export function bundlePlugins(bundle) {
  return [
    ...(bundle.mayImportVsCode ? [] : [noVsCode(bundle.name)]),
    ...(bundle.name === 'extension' ? lazyBundles.map(lazyBundle) : []),
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
 * Bundles that the extension loads when they are needed: `<name>-entry.ts` becomes `dist/<name>.cjs`.
 * @type {readonly string[]}
 */
export const lazyBundles = ['language', 'dashboard', 'tools'];

/**
 * `await import('./<name>-entry.ts')` in src/extension is typed like any import, and becomes
 * `require('./<name>.cjs')`: what hangs on it stays out of activation.
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
function lazyBundle(name) {
  return {
    name: `lazy-${name}`,
    setup(build) {
      build.onResolve({ filter: new RegExp(`/${name}-entry\\.ts$`) }, ({ kind }) =>
        kind === 'dynamic-import'
          ? { path: `./${name}.cjs`, external: true }
          : { errors: [{ text: `load the ${name} with \`await import\`, so that it stays lazy` }] },
      );
    },
  };
}

/**
 * Prints lines that the problem matcher of .vscode/tasks.json understands. The bundles are built side
 * by side, but the editor wants to see one beginning and one end.
 * @returns {import('esbuild').Plugin} to be given to every bundle
 */
export function watchReport() {
  let running = 0;
  return {
    name: 'watch-report',
    setup(build) {
      build.onStart(() => {
        if (running === 0) console.log('[watch] build started');
        running += 1;
      });
      build.onEnd(({ errors, warnings }) => {
        reportMessages('error', errors);
        reportMessages('warning', warnings);
        running -= 1;
        if (running === 0) console.log('[watch] build finished');
      });
    },
  };
}

/**
 * @param {string} severity
 * @param {readonly import('esbuild').Message[]} messages
 */
function reportMessages(severity, messages) {
  for (const { location, text } of messages) {
    const { file, line, column } = location ?? { file: 'esbuild.mjs', line: 1, column: 0 };
    console.log(`${file}:${line}:${column + 1}: ${severity}: ${text}`);
  }
}
