import path from 'node:path';
import { fail, ok, type Result } from '../../model/result.ts';

/** What looking for a file asks of the disk. */
export interface FileLookup {
  /** Folders of the workspace, the one that the log belongs to first. */
  readonly roots: readonly string[];
  /** With all links followed; null when there is nothing. */
  readonly realPath: (file: string) => Promise<string | null>;
  /** Files of the workspace whose path ends like this, at most two. */
  readonly search: (ending: string) => Promise<readonly string[]>;
}

/**
 * The file that a log names, absolute or relative to a folder of the workspace. A log is text from outside: only a file
 * that lies in the workspace, with all links followed, is one. Codes: `no-file`, `outside`.
 */
export async function findNamedFile(name: string, lookup: FileLookup): Promise<Result<string>> {
  const clean = name.replace(/^file:\/\//, '');
  const named = path.isAbsolute(clean)
    ? [clean]
    : lookup.roots.map((root) => path.resolve(root, clean));
  let isOutside = false;
  for (const file of named) {
    const found = await insideOf(file, lookup);
    if (found === 'outside') isOutside = true;
    else if (found !== null) return ok(found);
  }
  if (isOutside) return fail('outside', `${name} is not part of the workspace.`);
  if (!path.isAbsolute(clean) && !clean.split(/[\\/]/).includes('..')) {
    const [file, other] = await lookup.search(clean.replaceAll('\\', '/'));
    // Of two files nobody knows which one is meant.
    if (file !== undefined && other === undefined) {
      const found = await insideOf(file, lookup);
      if (found !== null && found !== 'outside') return ok(found);
    }
  }
  return fail('no-file', `There is no file ${name} in the workspace.`);
}

async function insideOf(file: string, lookup: FileLookup): Promise<string | null> {
  const real = await lookup.realPath(file);
  if (real === null) return null;
  for (const root of lookup.roots) {
    const realRoot = (await lookup.realPath(root)) ?? root;
    const way = path.relative(realRoot, real);
    if (way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)) {
      return real;
    }
  }
  return 'outside';
}
