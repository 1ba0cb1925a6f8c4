/** The sign of life of an owner: a file it rewrites every two seconds. Its content only has to differ. */
import type { Disposable } from '../../model/disposable.ts';
import { toDisposable } from '../../model/disposable.ts';
import { systemClock, type Clock } from '../ports.ts';
import { beatPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { writeAll } from '../store/write-file.ts';

/** Time between two beats. */
export const beatEveryMs = 2000;

/** Beats until disposed. A beat that cannot be written is left out: observers then see an owner that is silent. */
export function startBeat(folder: StateFolder, id: string, clock: Clock = systemClock): Disposable {
  let count = 0;
  let next: Disposable | null = null;
  const beat = (): void => {
    count += 1;
    writeBeat(folder, id, count);
    next = clock.after(beatEveryMs, beat);
  };
  beat();
  return toDisposable(() => next?.dispose());
}

function writeBeat(folder: StateFolder, id: string, count: number): void {
  const { disk } = folder;
  try {
    const fd = disk.open(beatPath(folder, id), 'w');
    try {
      writeAll(disk, fd, Buffer.from(`${String(process.pid)} ${String(count)}\n`));
    } finally {
      disk.close(fd);
    }
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}
