/**
 * One empty file per execution that may not be over, so that readers find those without reading all others and
 * without the view file. A mark too many costs a look at a journal; marks are made before what they announce.
 */
import path from 'node:path';
import { activeFolder, type StateFolder } from './state-folder.ts';
import { errnoOf } from './storage-failure.ts';
import { makeFolder, namesIn, removeQuietly } from './write-file.ts';

/** An execution that may be active, and the epoch that said so. */
export interface ActiveMark {
  readonly id: string;
  readonly epoch: number;
}

/** Makes the mark. Throws what the disk throws. */
export function markActive(folder: StateFolder, mark: ActiveMark): void {
  const { disk } = folder;
  const file = markPath(folder, mark);
  try {
    disk.close(disk.open(file, 'a'));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    makeFolder(disk, activeFolder(folder));
    disk.close(disk.open(file, 'a'));
  }
}

/** Removes the marks of an execution up to an epoch. */
export function unmarkActive(folder: StateFolder, upTo: ActiveMark): void {
  for (const mark of listActive(folder)) {
    if (mark.id === upTo.id && mark.epoch <= upTo.epoch) {
      removeQuietly(folder.disk, markPath(folder, mark));
    }
  }
}

/**
 * Where the last marks of executions go that were taken over and are over again, so that a history that knows an earlier
 * end looks at them. There only where a history is kept.
 */
export function endedFolder(folder: StateFolder): string {
  return path.join(folder.root, 'history', 'ended');
}

/** Removes the marks of an execution that is over; the history, if there is one, is told unless it cannot know it yet. */
export function markEnded(folder: StateFolder, last: ActiveMark): void {
  const { disk } = folder;
  for (const mark of listActive(folder)) {
    if (mark.id !== last.id || mark.epoch > last.epoch) continue;
    const file = markPath(folder, mark);
    if (mark.epoch === 1 || mark.epoch < last.epoch || !isMoved(folder, file)) {
      removeQuietly(disk, file);
    }
  }
}

function isMoved(folder: StateFolder, file: string): boolean {
  try {
    folder.disk.rename(file, path.join(endedFolder(folder), path.basename(file)));
    return true;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return false;
  }
}

/** What was left there. Throws what the disk throws, but not for a folder that is not there. */
export function listEnded(folder: StateFolder): readonly ActiveMark[] {
  return marksIn(folder, endedFolder(folder));
}

/** The history knows of this end. */
export function forgetEnded(folder: StateFolder, { id, epoch }: ActiveMark): void {
  removeQuietly(folder.disk, path.join(endedFolder(folder), `${id}.${String(epoch)}`));
}

/** All marks. Throws what the disk throws, but not for a folder that is not there. */
export function listActive(folder: StateFolder): readonly ActiveMark[] {
  return marksIn(folder, activeFolder(folder));
}

function marksIn(folder: StateFolder, home: string): readonly ActiveMark[] {
  const marks: ActiveMark[] = [];
  for (const name of namesIn(folder.disk, home)) {
    const match = /^(.+)\.([1-9]\d*)$/.exec(name);
    if (match?.[1] !== undefined) marks.push({ id: match[1], epoch: Number(match[2]) });
  }
  return marks;
}

function markPath(folder: StateFolder, mark: ActiveMark): string {
  return path.join(activeFolder(folder), `${mark.id}.${String(mark.epoch)}`);
}
