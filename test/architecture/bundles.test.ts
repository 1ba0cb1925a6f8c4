import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { bundles, metaFolder } from '../../build/bundles.mjs';
import { lazyBundles, loaderBundle, yamlBundle } from '../../build/esbuild-plugins.mjs';
import { patchingPackages, worlds } from '../../build/worlds.mjs';
import { root } from './source-files.ts';

/** The world that each bundle starts in; it may hold that one and what it may import. */
const startOf: Readonly<Record<string, string>> = {
  extension: 'extension',
  loader: 'extension',
  language: 'extension',
  features: 'extension',
  authoring: 'extension',
  convert: 'extension',
  tasks: 'extension',
  yaml: 'extension',
  dashboard: 'extension',
  past: 'extension',
  tools: 'extension',
  cli: 'cli',
  runner: 'cli',
  run: 'cli',
  programs: 'cli',
  webview: 'webview',
  graph: 'webview',
};

/** They load it with `src/cli/load-bundle.ts`, when a workflow file is not plain. */
const bundlesBesideYaml = ['run', 'programs'];
const yamlFile = `./${yamlBundle}.cjs`;

/** Ways to change the process that a module is loaded into. */
const patches = [
  /process\.(emit|reallyExit|cwd|chdir|exit)\s*=(?!=)/,
  /\bfs\.(close|closeSync|read|rename|open)\s*=(?!=)/,
];

for (const { name, entry, mayImportVsCode } of bundles) {
  describe(`bundle ${name}`, () => {
    const metaFile = path.join(root, metaFolder, `${name}.json`);
    let meta: Metafile;

    before(function () {
      if (!existsSync(path.join(root, entry))) this.skip();
      assert.ok(existsSync(metaFile), 'nothing is built yet: run `npm run build` first');
      meta = JSON.parse(readFileSync(metaFile, 'utf8')) as Metafile;
    });

    it('holds only folders that its own may import', () => {
      const start = startOf[name]!;
      const allowed = [start, ...(worlds[start]?.may ?? [])];
      const strangers = Object.keys(meta.inputs).filter(
        (file) => file.startsWith('src/') && !allowed.includes(file.split('/')[1]!),
      );
      assert.deepEqual(strangers, []);
    });

    it('leaves out nothing but what the runtime has', () => {
      const loaded = [...lazyBundles, loaderBundle].map((lazy) => `./${lazy}.cjs`);
      const allowed = ['vscode', ...loaded];
      const missing = Object.values(meta.outputs)
        .flatMap(({ imports }) => imports.filter(({ external }) => external))
        .map(({ path: specifier }) => specifier)
        .filter((specifier) => !isBuiltin(specifier))
        .filter((specifier) => !(mayImportVsCode && allowed.includes(specifier)))
        .filter((specifier) => !(bundlesBesideYaml.includes(name) && specifier === yamlFile));
      // Fonts and pictures of style sheets are files beside them.
      assert.deepEqual(
        missing.filter((specifier) => !/\.(ttf|svg)(\?|$)/.test(specifier)),
        [],
      );
    });

    // A default import makes an object of all names otherwise: a tenth of what a run of one task takes of a processor.
    it('takes each part of Node once for all files', () => {
      const takers = Object.entries(meta.inputs).flatMap(([file, { imports }]) =>
        imports
          .filter(({ path: part, kind }) => kind === 'import-statement' && /^node:/.test(part))
          .map(({ path: part }) => `${file}: ${part}`),
      );
      assert.deepEqual(takers, []);
    });

    it('patches nothing in the process that loads it', () => {
      const packages = Object.keys(meta.inputs).filter((file) =>
        patchingPackages.some((patching) => file.includes(`node_modules/${patching}/`)),
      );
      assert.deepEqual(packages, []);
      const scripts = Object.keys(meta.outputs).filter((file) => /\.c?js$/.test(file));
      const found = scripts.flatMap((file) => {
        const text = readFileSync(path.join(root, file), 'utf8');
        return patches.flatMap((patch) => patch.exec(text)?.[0] ?? []);
      });
      assert.deepEqual(found, []);
    });
  });
}

describe('activation', () => {
  it('does not load the YAML parser or the expressions', () => {
    const file = path.join(root, metaFolder, 'extension.json');
    if (!existsSync(file)) return;
    const { inputs } = JSON.parse(readFileSync(file, 'utf8')) as Metafile;
    const heavy = Object.keys(inputs).filter((input) =>
      /node_modules\/(yaml|@actions\/expressions)\//.test(input),
    );
    assert.deepEqual(heavy, []);
  });
});

describe('start of a run', () => {
  it('loads no other command and no YAML library', () => {
    const file = path.join(root, metaFolder, 'run.json');
    if (!existsSync(file)) return;
    const { inputs } = JSON.parse(readFileSync(file, 'utf8')) as Metafile;
    const names = Object.keys(inputs);
    assert.deepEqual(
      names.filter((name) => name.startsWith('src/cli/commands/')),
      ['src/cli/commands/run.ts'],
    );
    const heavy = names.filter((name) => /node_modules\/(yaml|chokidar)\/(?!package)/.test(name));
    assert.deepEqual(heavy, []);
  });
});

function isBuiltin(specifier: string): boolean {
  return process.getBuiltinModule(specifier) !== undefined;
}
