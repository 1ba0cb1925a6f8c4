/** A bundle as `require` would read it, but with what was compiled of it before. */
import { isAscii } from 'node:buffer';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { readCodeCache, signatureOfBundle, writeCodeCache } from './code-cache.ts';

/** The function that CommonJS puts around a file. */
export type ModuleFunction = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/** A bundle that can be run. */
export interface CompiledBundle {
  readonly run: ModuleFunction;
  /** Keeps what is compiled by now for the next time; null where that was done before. Never throws. */
  readonly keep: (() => void) | null;
}

/**
 * Compiles a bundle, or takes what was kept of it for the same `purpose`. Its text is the function of CommonJS already:
 * putting it around the code here would copy all of it.
 */
export function compileBundle(file: string, purpose: string): CompiledBundle {
  const { source, signature } = readBundle(file);
  const code = source.toString(isAscii(source) ? 'latin1' : 'utf8');
  const place = { file, purpose, signature };
  const cachedData = readCodeCache(place);
  const script = new Script(code, {
    filename: file,
    ...(cachedData === null ? {} : { cachedData }),
  });
  const isKept = cachedData !== null && script.cachedDataRejected !== true;
  const run = script.runInThisContext() as ModuleFunction;
  const keep = (): void => writeCodeCache(place, () => script.createCachedData());
  return { run, keep: isKept ? null : keep };
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
