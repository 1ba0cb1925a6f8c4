import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './source-files.ts';

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const content = read('test/architecture/vsix-content.txt').split(/\r?\n/);

describe('package.json', () => {
  it('names only files that are packed', () => {
    const named = [manifest.icon, manifest.main, ...filesIn(manifest.contributes)];
    const missing = named
      .map((file) => `extension/${file.replace(/^\.\//, '')}`)
      .filter((file) => !content.includes(file));
    assert.deepEqual(missing, []);
  });

  it('bundles what it needs, so that nothing is a run-time dependency', () => {
    assert.equal(manifest.dependencies, undefined);
  });

  it('pins every package to one version', () => {
    const loose = Object.entries(manifest.devDependencies)
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name]) => name);
    assert.deepEqual(loose, []);
  });

  it('has a script for every command that CONTRIBUTING.md names', () => {
    const { scripts } = JSON.parse(read('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...read('CONTRIBUTING.md').matchAll(/`npm run ([a-z0-9:]+)/g)].map(
      ([, name]) => name!,
    );
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });

  it('names only tests that exist in CONTRIBUTING.md', () => {
    const named = [...read('CONTRIBUTING.md').matchAll(/`(test\/[\w/.-]+\.ts)`/g)];
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter(([, file = '']) => !existsSync(path.join(root, file))).map(([, file]) => file),
      [],
    );
  });

  it('has its settings in the README, each with its default, and no others', () => {
    const { contributes } = JSON.parse(read('package.json')) as {
      readonly contributes: {
        readonly configuration: readonly {
          readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
        }[];
      };
    };
    const [, table = ''] = /\n## Settings\n([^]*?)\n## /.exec(read('README.md')) ?? [];
    const rows = [...table.matchAll(/^\| `([\w.]+)` \| `([^`]*)` \|/gm)];
    assert.deepEqual(
      Object.fromEntries(rows.map(([, name = '', value]) => [`agentExecutor.${name}`, value])),
      Object.fromEntries(
        contributes.configuration
          .flatMap(({ properties }) => Object.entries(properties))
          .map(([name, setting]) => [name, String(setting.default)]),
      ),
    );
  });

  it('starts scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const files = Object.values(scripts).flatMap((line) => line.match(/\S+\.(mjs|ts)\b/g) ?? []);
    const missing = files.filter(
      (file) => !file.includes('*') && !existsSync(path.join(root, file)),
    );
    assert.deepEqual(missing, []);
  });
});

/** Every string in a part of the manifest that looks like a path in the package. */
function filesIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /^(\.\/|media\/|schemas\/|dist\/)[\w./-]+$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(filesIn);
}
