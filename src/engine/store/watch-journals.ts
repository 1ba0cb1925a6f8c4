/** Hints that the journal of a running execution has grown, before its owner brings that into the view file. */
import { watch, type FSWatcher } from 'node:fs';
import type { Disposable } from '../../model/disposable.ts';

/** More running executions than these are followed by the view file alone: watches are few on some systems. */
const maxWatches = 32;

/**
 * Watches the files themselves, since journals only grow and their folders hold busy logs. An accelerator: what cannot
 * be watched is found by the view file and the poll, so no failure is told.
 */
export class JournalWatch implements Disposable {
  readonly #onHint: () => void;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(onHint: () => void) {
    this.#onHint = onHint;
  }

  /** Watches these files from now on, and no others. */
  follow(files: readonly string[]): void {
    const wanted = new Set(files.slice(0, maxWatches));
    for (const [file, watcher] of this.#watchers) {
      if (wanted.has(file)) continue;
      watcher.close();
      this.#watchers.delete(file);
    }
    for (const file of wanted) {
      if (!this.#watchers.has(file)) this.#start(file);
    }
  }

  dispose(): void {
    this.follow([]);
  }

  #start(file: string): void {
    let watcher: FSWatcher;
    try {
      watcher = watch(file, { persistent: false });
    } catch {
      return;
    }
    this.#watchers.set(file, watcher);
    watcher.on('change', () => this.#onHint());
    // Without a listener an error would end the process. It stays in the map, so that it is not tried at every look.
    watcher.on('error', () => watcher.close());
  }
}
