/** The sign of life of an owner: a file it rewrites every two seconds. Its content only has to differ. */
import type { Disposable } from '../../model/disposable.ts';
import { toDisposable } from '../../model/disposable.ts';
import { systemClock, type Clock } from '../ports.ts';
import { beatPath, executionFolder, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { makeFolder, writeAll } from '../store/write-file.ts';

/** Time between two beats. */
export const beatEveryMs = 2000;

/** What a beat may be given. */
export interface BeatOptions {
  readonly clock?: Clock;
  /** The execution's folder was deleted or moved away; it is there again, empty, when this is called. */
  readonly onFolderGone?: () => void;
}

/** Beats until disposed. A beat that cannot be written is left out: observers then see an owner that is silent. */
export function startBeat(folder: StateFolder, id: string, options: BeatOptions = {}): Disposable {
  const clock = options.clock ?? systemClock;
  let count = 0;
  let next: Disposable | null = null;
  const beat = (): void => {
    count += 1;
    try {
      if (writeOrRemake(folder, id, count)) options.onFolderGone?.();
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
    next = clock.after(beatEveryMs, beat);
  };
  beat();
  return toDisposable(() => next?.dispose());
}

/** Whether the folder had to be made anew. */
function writeOrRemake(folder: StateFolder, id: string, count: number): boolean {
  try {
    writeBeat(folder, id, count);
    return false;
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  makeFolder(folder.disk, executionFolder(folder, id));
  writeBeat(folder, id, count);
  return true;
}

function writeBeat(folder: StateFolder, id: string, count: number): void {
  const { disk } = folder;
  const fd = disk.open(beatPath(folder, id), 'w');
  try {
    writeAll(disk, fd, Buffer.from(`${String(process.pid)} ${String(count)}\n`));
  } finally {
    disk.close(fd);
  }
}
