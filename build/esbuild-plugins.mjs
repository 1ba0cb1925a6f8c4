// esbuild plug-ins of this repository.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The plug-ins for one bundle.
 * @param {import('./bundles.mjs').Bundle} bundle
 * @returns {import('esbuild').Plugin[]}
 */
export function bundlePlugins(bundle) {
  return [
    bundle.mayImportVsCode ? oneVsCode() : noVsCode(bundle.name),
    ...(bundle.platform === 'node' ? [oneOfEachPartOfNode()] : []),
    ...(bundle.mayImportVsCode ? [...lazyBundles.map(lazyBundle), sharedYaml()] : [yamlBeside()]),
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
 * What is imported from `vscode` becomes variables of the bundle, one for each name that is used. Without this every file
 * with that import makes an object of its own of all four hundred names: half of the time that loading the extension took.
 * @returns {import('esbuild').Plugin}
 */
function oneVsCode() {
  return {
    name: 'one-vscode',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
        namespace === 'vscode-names'
          ? { path: 'vscode', external: true }
          : { path: 'vscode', namespace: 'vscode-names' },
      );
      build.onLoad({ filter: /./, namespace: 'vscode-names' }, () => {
        // Pure, so that those which nobody uses are left out.
        const lines = vscodeNames().map(
          (name) => `export const ${name} = /* @__PURE__ */ of(${JSON.stringify(name)});`,
        );
        const head = "const api = require('vscode');\nconst of = (name) => api[name];";
        return { contents: [head, ...lines].join('\n'), loader: 'js' };
      });
    },
  };
}

/**
 * What is imported from a part of Node becomes variables of the bundle as well, one for each name that is used. Without
 * this every file with a default import makes an object of its own of all names of that part, with a getter each.
 * @returns {import('esbuild').Plugin}
 */
function oneOfEachPartOfNode() {
  const require = createRequire(import.meta.url);
  const names = 'names-of-node';
  return {
    name: 'one-of-each-part-of-node',
    setup(build) {
      build.onResolve({ filter: /^node:/ }, ({ path: part, kind, namespace }) =>
        kind === 'import-statement' && namespace !== names
          ? { path: part, namespace: names }
          : { path: part, external: true },
      );
      build.onLoad({ filter: /./, namespace: names }, ({ path: part }) => {
        const all = Object.getOwnPropertyNames(require(part)).filter((name) =>
          /^[A-Za-z]\w*$/.test(name),
        );
        const quoted = JSON.stringify(part);
        const head = `const part = require(${quoted});\nexport default part;\nconst of = (name) => part[name];`;
        // Under names of our own, since a part may have one that is a word of the language. Pure, as above.
        const lines = all.map((name) => `const own_${name} = /* @__PURE__ */ of('${name}');`);
        const list = all
          .filter((name) => name !== 'default')
          .map((name) => `own_${name} as ${name}`);
        const tail = `export { ${list.join(', ')} };`;
        return { contents: [head, ...lines, tail].join('\n'), loader: 'js' };
      });
    },
  };
}

/** Everything in the editor's API that is there while a program runs. */
function vscodeNames() {
  const file = path.join(import.meta.dirname, '../node_modules/@types/vscode/index.d.ts');
  const kinds = '(?:abstract )?(?:class|enum|namespace|function|const)';
  const names = readFileSync(file, 'utf8').matchAll(new RegExp(`^\\texport ${kinds} (\\w+)`, 'gm'));
  return [...new Set(Array.from(names, ([, name = '']) => name))];
}

/**
 * Bundles that the extension loads when they are needed: `<name>-entry.ts` becomes `dist/<name>.cjs`. At its own place, since
 * each keeps its compiled code at a time of its own.
 * @type {readonly string[]}
 */
export const lazyBundles = [
  'language',
  'features',
  'dashboard',
  'authoring',
  'convert',
  'tasks',
  'tools',
  'past',
];

/** What loads them. */
export const loaderBundle = 'loader';

/** What they share, loaded in the same way. */
export const yamlBundle = 'yaml';

/** Too short for compiled code to pay. */
const shortBundles = ['past'];

/**
 * `await import('./<name>-entry.ts')` in src/extension is typed like any import, and loads `dist/<name>.cjs`, with what was
 * compiled of it before: what hangs on it stays out of activation.
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
function lazyBundle(name) {
  const filter = new RegExp(`/${name}-entry\\.ts$`);
  return {
    name: `lazy-${name}`,
    setup(build) {
      build.onResolve({ filter }, ({ kind }) => {
        if (kind === 'entry-point') return undefined;
        if (kind !== 'dynamic-import') {
          return {
            errors: [{ text: `load ${name} with \`await import\`, so that it stays lazy` }],
          };
        }
        return shortBundles.includes(name)
          ? { path: `./${name}.cjs`, external: true }
          : { path: name, namespace: `lazy-${name}` };
      });
      loadWithLoader(build, name);
    },
  };
}

/**
 * The YAML library is a third of what reads workflow files, and seldom needed.
 * @returns {import('esbuild').Plugin}
 */
function sharedYaml() {
  return {
    name: 'shared-yaml',
    setup(build) {
      build.onResolve({ filter: /node_modules\/yaml\/browser\/index\.js$/ }, () => ({
        path: yamlBundle,
        namespace: `lazy-${yamlBundle}`,
      }));
      loadWithLoader(build, yamlBundle);
    },
  };
}

/**
 * The same for the command line, where `loadBundle` loads what lies beside a bundle.
 * @returns {import('esbuild').Plugin}
 */
function yamlBeside() {
  return {
    name: 'yaml-beside',
    setup(build) {
      build.onResolve({ filter: /node_modules\/yaml\/browser\/index\.js$/ }, ({ kind }) =>
        kind === 'entry-point' ? undefined : { path: `./${yamlBundle}.cjs`, external: true },
      );
    },
  };
}

/**
 * @param {import('esbuild').PluginBuild} build
 * @param {string} name  of a bundle, which stands for all of the namespace `lazy-<name>`
 */
function loadWithLoader(build, name) {
  const namespace = `lazy-${name}`;
  const loader = `./${loaderBundle}.cjs`;
  build.onResolve({ filter: /^\.\/loader\.cjs$/, namespace }, () => ({
    path: loader,
    external: true,
  }));
  build.onLoad({ filter: /./, namespace }, () => {
    const order = [...lazyBundles, yamlBundle].indexOf(name);
    const file = `__dirname + '/${name}.cjs'`;
    return {
      contents: `module.exports = require('${loader}').loadCompiled(${file}, require, ${String(order)});`,
      loader: 'js',
    };
  });
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
