/** Builds the store as it is, or with one part of its protocol taken out. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as storeApi from './store-api.ts';

/** A store, mutated or not. */
export type Store = typeof storeApi;

/** A built store, and the module it was loaded from. */
export interface BuiltStore {
  readonly store: Store;
  readonly url: string;
}

/** A change of one source file. */
export interface Mutation {
  /** What is taken out. */
  readonly name: string;
  /** From `src/engine/store`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const root = path.resolve(import.meta.dirname, '../../..');
const output = path.join(root, 'out/faults');

/** Fails loudly when the text to replace is not there exactly once. */
export async function buildStore(mutation: Mutation | null): Promise<BuiltStore> {
  const name = (mutation?.name ?? 'intact').replace(/\W+/g, '-');
  const outfile = path.join(output, `${name}.mjs`);
  const target = mutation === null ? null : path.join(root, 'src/engine/store', mutation.file);
  const seen = new Set<string>();
  await build({
    entryPoints: [path.join(import.meta.dirname, 'store-api.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
    plugins: [
      {
        name: 'mutate',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, async (args) => {
            if (mutation === null || args.path !== target) return null;
            const text = await fs.readFile(args.path, 'utf8');
            const parts = text.split(mutation.from);
            if (parts.length !== 2) {
              throw new Error(
                `${mutation.name}: found ${parts.length - 1} times in ${mutation.file}`,
              );
            }
            seen.add(args.path);
            return { contents: parts.join(mutation.to), loader: 'ts' };
          });
        },
      },
    ],
  });
  if (target !== null && !seen.has(target)) throw new Error(`${target} is not part of the store`);
  const url = pathToFileURL(outfile).href;
  return { store: (await import(url)) as Store, url };
}
