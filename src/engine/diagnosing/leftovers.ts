/** Files that dead processes left behind. They do no harm and mean nothing. */
import path from 'node:path';
import { readIndex, historyFolder } from '../history/history-files.ts';
import { temporaryFolder, viewPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { namesIn } from '../store/write-file.ts';

/** One of them: a file, or a folder with what it holds. */
export interface Leftover {
  readonly path: string;
  readonly bytes: number;
}

/** No write and no lock takes an hour. */
const staleMs = 3_600_000;

/** Half-written files, signatures and break tokens of locks that are gone, and files of the history that do not count. */
export function findLeftovers(folder: StateFolder): readonly Leftover[] {
  const { disk } = folder;
  const home = historyFolder(folder);
  return [
    ...oldIn(folder, temporaryFolder(folder), () => true),
    ...oldIn(folder, folder.root, (name) => isOfDeadLock(folder, name)),
    ...oldIn(folder, home, (name) => /^(segment|recent)-/.test(name) && !isNamed(name)),
  ];

  function isNamed(name: string): boolean {
    const index = disk.exists(home) ? readIndex(folder) : null;
    if (index === null) return false;
    const { segments, old, recent } = index;
    return recent === name || [...segments, ...old].some(({ file }) => file === name);
  }
}

/** Removes them; how many are gone. Throws what is no file system's error. */
export function removeLeftovers(folder: StateFolder, leftovers: readonly Leftover[]): number {
  let count = 0;
  for (const leftover of leftovers) {
    try {
      folder.disk.remove(leftover.path);
      count += 1;
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
  }
  return count;
}

function oldIn(
  folder: StateFolder,
  place: string,
  isWanted: (name: string) => boolean,
): readonly Leftover[] {
  return namesIn(folder.disk, place).flatMap((name) => {
    const file = path.join(place, name);
    try {
      const { mtimeNs, size } = folder.disk.stat(file);
      const ageMs = Date.now() - Number(mtimeNs / 1_000_000n);
      return ageMs > staleMs && isWanted(name) ? [{ path: file, bytes: Number(size) }] : [];
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      return [];
    }
  });
}

/** Beside a lock stand its owner's signature and, while it is broken, a token; both name the very lock that they are of. */
function isOfDeadLock(folder: StateFolder, name: string): boolean {
  const lock = `${path.basename(viewPath(folder))}.lock`;
  const match = new RegExp(`^${lock.replaceAll('.', '\\.')}\\.(owner|break)-(.+)$`).exec(name);
  if (match === null) return false;
  try {
    const { ino, birthtimeNs } = folder.disk.stat(path.join(folder.root, lock));
    return match[2] !== `${ino.toString(36)}-${birthtimeNs.toString(36)}`;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return true;
  }
}
