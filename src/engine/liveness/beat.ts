/** The sign of life of an owner: a file it rewrites every two seconds. */
import type { Disposable } from '../../model/disposable.ts';
import type { Clock } from '../ports.ts';
import type { StateFolder } from '../store/state-folder.ts';

/** Beats until disposed. */
export function startBeat(_folder: StateFolder, _id: string, _clock?: Clock): Disposable {
  throw new Error('not there yet');
}
