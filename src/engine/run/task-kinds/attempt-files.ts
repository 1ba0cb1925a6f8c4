import { mkdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Absolute path of the file that an attempt appends its outputs to. The file is left to the task (`>>` makes it):
 * making and removing one for each of many tasks that have no outputs costs half as much as starting a process.
 */
export function outputFileOf(executionFolder: string, name: string): string {
  return path.join(executionFolder, 'outputs', name);
}

/** Makes the folder for the files above, for this user only. Throws what the disk throws. */
export function makeOutputFolder(executionFolder: string): void {
  const folder = path.join(executionFolder, 'outputs');
  // It is there for all but the first attempt; what else stands there is an error, which only making it tells.
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isThere) mkdirSync(folder, { recursive: true, mode: 0o700 });
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
