/** One file per process: it starts in a tenth of the time, and kills are many. */
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the process of a storm into `folder`; the file's path. With the banner, its wall clock is wrong by what its
 * task says.
 */
export async function bundleActor(folder: string): Promise<string> {
  const outfile = path.join(folder, 'actor.mjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'actor.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: `${requireForEsm}\n${wrongClock}` },
    alias: { 'graceful-fs': 'node:fs' },
    logLevel: 'warning',
  });
  return outfile;
}

/** CommonJS packages in a module still call it. */
const requireForEsm = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

const wrongClock = `{
  const { clockOffsetMs } = JSON.parse(process.argv[2]);
  const Real = Date;
  const now = () => Real.now() + clockOffsetMs;
  globalThis.Date = class extends Real {
    constructor(...args) {
      if (args.length === 0) super(now());
      else super(...args);
    }
    static now() {
      return now();
    }
  };
}`;
