import path from 'node:path';
import { compileBundle } from '../engine/compile-bundle.ts';

/** V8 lets go of compiled code that is not used for long: what a long run has at its end is not what a start needs. */
const keepAfterMs = 3000;

/**
 * Loads a bundle as `require` does, but with what was compiled of it the last time it was loaded for the same
 * `purpose`. What is compiled now is kept when this process ends, or after three seconds.
 */
export function loadBundle(file: string, purpose: string): object {
  const { run, keep } = compileBundle(file, purpose);
  if (keep !== null) {
    const keepOnce = (): void => {
      process.off('exit', keepOnce);
      keep();
    };
    process.once('exit', keepOnce);
    setTimeout(keepOnce, keepAfterMs).unref();
  }
  const module = { exports: {} };
  // Everything else is in the bundle, and a way to it would be another part of Node to load.
  const require = (id: string): unknown => process.getBuiltinModule(id);
  run(module.exports, require, module, file, path.dirname(file));
  return module.exports;
}
