/**
 * One process at a time brings the history up to date. The lock saves work and protects nothing: what two writers lose
 * of each other is found by the next look at the journals.
 */
import path from 'node:path';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Owner } from '../../model/execution.ts';
import { currentOwner, judgeOwner } from '../liveness/owner.ts';
import type { StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { createFile, makeFolder, readWhole, removeQuietly } from '../store/write-file.ts';
import { historyFolder } from './history-files.ts';

/** Building a history of 100,000 takes a minute; a holder on another machine that takes longer is taken for dead. */
const staleMs = 10 * 60_000;

/** Takes the lock; null when somebody has it. Throws what the disk throws. */
export function takeHistoryLock(folder: StateFolder): Disposable | null {
  const { disk } = folder;
  makeFolder(disk, historyFolder(folder));
  const file = path.join(historyFolder(folder), 'lock');
  const bytes = Buffer.from(JSON.stringify(currentOwner()));
  for (const isLast of [false, true]) {
    try {
      createFile(disk, file, bytes, { sync: false });
      return toDisposable(() => {
        removeQuietly(disk, file);
      });
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    if (isLast || !isLeft(folder, file)) return null;
    removeQuietly(disk, file);
  }
  return null;
}

/** Whether whoever made it will not remove it any more. */
function isLeft(folder: StateFolder, file: string): boolean {
  try {
    const ageMs = Date.now() - Number(folder.disk.stat(file).mtimeNs / 1_000_000n);
    if (ageMs > staleMs) return true;
    const bytes = readWhole(folder.disk, file);
    if (bytes === null) return true;
    const owner = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number' && judgeOwner(owner as Owner) === 'gone';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    if (errnoOf(error) === null) throw error;
    return errnoOf(error) === 'ENOENT';
  }
}
