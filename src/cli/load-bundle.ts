import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { readCodeCache, writeCodeCache } from './code-cache.ts';

type ModuleFunction = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/**
 * Loads a bundle (CommonJS, without hashbang) as `require` does, but with what was compiled of it the last time it
 * was loaded for the same `purpose`. What is compiled now is kept when this process ends.
 */
export function loadBundle(file: string, purpose: string): object {
  const source = readFileSync(file);
  const code = `(function (exports, require, module, __filename, __dirname) { ${source.toString()}\n})`;
  const place = { file, purpose, source };
  const cachedData = readCodeCache(place);
  const script = new Script(code, {
    filename: file,
    ...(cachedData === null ? {} : { cachedData }),
  });
  if (cachedData === null || script.cachedDataRejected === true) {
    process.once('exit', () => {
      writeCodeCache(place, () => script.createCachedData());
    });
  }
  const module = { exports: {} };
  const run = script.runInThisContext() as ModuleFunction;
  run(module.exports, createRequire(file), module, file, path.dirname(file));
  return module.exports;
}
