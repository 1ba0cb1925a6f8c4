import path from 'node:path';
import { compileBundle } from '../engine/compile-bundle.ts';

/** V8 lets go of compiled code that is not used for long: what a long run has at its end is not what a start needs. */
const keepAfterMs = 3000;

/**
 * Loads a bundle as `require` does, but with what was compiled of it the last time it was loaded for the same
 * `purpose`. What is compiled now is kept when this process ends, or after three seconds. A bundle beside it that it asks
 * for (`./other.cjs`) is loaded in the same way, once.
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
  const folder = path.dirname(file);
  const beside = new Map<string, object>();
  // Everything else is in the bundle, and a way to it would be another part of Node to load.
  const require = (id: string): unknown => {
    if (!id.startsWith('./')) return process.getBuiltinModule(id);
    const loaded = beside.get(id) ?? loadBundle(path.join(folder, id), purpose);
    beside.set(id, loaded);
    return loaded;
  };
  run(module.exports, require, module, file, folder);
  return module.exports;
}
