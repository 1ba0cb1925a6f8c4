import { isAscii } from 'node:buffer';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { readCodeCache, signatureOfBundle, writeCodeCache } from './code-cache.ts';

type ModuleFunction = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/** V8 lets go of compiled code that is not used for long: what a long run has at its end is not what a start needs. */
const keepAfterMs = 3000;

/**
 * Loads a bundle as `require` does, but with what was compiled of it the last time it was loaded for the same
 * `purpose`. Its text is the function of CommonJS already: putting it around the code here would copy all of it.
 * What is compiled now is kept when this process ends, or after three seconds.
 */
export function loadBundle(file: string, purpose: string): object {
  const { source, signature } = readBundle(file);
  const code = source.toString(isAscii(source) ? 'latin1' : 'utf8');
  const place = { file, purpose, signature };
  const cachedData = readCodeCache(place);
  const script = new Script(code, {
    filename: file,
    ...(cachedData === null ? {} : { cachedData }),
  });
  if (cachedData === null || script.cachedDataRejected === true) {
    const keep = (): void => {
      process.off('exit', keep);
      writeCodeCache(place, () => script.createCachedData());
    };
    process.once('exit', keep);
    setTimeout(keep, keepAfterMs).unref();
  }
  const module = { exports: {} };
  const run = script.runInThisContext() as ModuleFunction;
  // Everything else is in the bundle, and a way to it would be another part of Node to load.
  const require = (id: string): unknown => process.getBuiltinModule(id);
  run(module.exports, require, module, file, path.dirname(file));
  return module.exports;
}

function readBundle(file: string): { readonly source: Buffer; readonly signature: string } {
  const descriptor = openSync(file, 'r');
  try {
    // Before its content: when that is changed meanwhile, the signature is of what it was and fits nothing any more.
    const signature = signatureOfBundle(descriptor);
    return { signature, source: readFileSync(descriptor) };
  } finally {
    closeSync(descriptor);
  }
}
