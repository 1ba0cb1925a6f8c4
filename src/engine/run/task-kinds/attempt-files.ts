import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of the file that an attempt appends its outputs to. */
export function outputFileOf(executionFolder: string, name: string): string {
  return path.join(executionFolder, 'outputs', name);
}

/**
 * Writes a file that only this user can read, and its folder where that is missing: it is there for all but the
 * first attempt, so it is not looked for first. Throws what the disk throws.
 */
export function writePrivateFile(file: string, content: string): void {
  const write = (): void => {
    writeFileSync(file, content, { mode: 0o600 });
  };
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(path.dirname(file), { recursive: true });
    write();
  }
}

/** Removes the folders of the files above; attempts remove the files themselves. */
export function removeEmptyFolders(executionFolder: string): void {
  for (const name of ['outputs', 'scripts']) {
    try {
      rmdirSync(path.join(executionFolder, name));
    } catch {
      // Never made, or a killed process still holds a file in it.
    }
  }
}
