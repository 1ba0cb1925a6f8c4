/**
 * Loads the bundles that are needed later, without compiling them: that would hold up the extension host for 10 to 20 ms.
 * A small bundle of its own (`dist/loader.cjs`); see `lazyBundle` in build/esbuild-plugins.mjs.
 */
import path from 'node:path';
import { compileBundle } from '../engine/compile-bundle.ts';

/** V8 lets go of compiled code that is not used for long. */
const keepAfterMs = 3000;
/** Several are loaded one after the other; what is kept of them is written with pauses in between. */
const keepEveryMs = 500;

/** What a bundle has of CommonJS. */
export interface Require {
  (id: string): unknown;
  readonly cache: Record<string, { exports: object } | undefined>;
}

/**
 * What the bundle `file` exports; it is run once, as with `require`. It is compiled the first time, and what was compiled
 * then is kept for the next window.
 * @param require  of the bundle which asks
 * @param order    of all that are kept, differs for each bundle
 */
export function loadCompiled(file: string, require: Require, order: number): object {
  const known = require.cache[file];
  if (known !== undefined) return known.exports;
  const { run, keep } = compileBundle(file, 'window');
  if (keep !== null) setTimeout(keep, keepAfterMs + order * keepEveryMs).unref();
  const module = { exports: {} };
  run(module.exports, require, module, file, path.dirname(file));
  require.cache[file] = module;
  return module.exports;
}
