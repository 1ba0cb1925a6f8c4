/** Follows a growing log. */
import fs from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../../model/disposable.ts';
import { systemClock, type Clock } from '../ports.ts';
import { readLogRange } from './read-log.ts';

/** How to follow. */
export interface FollowLogOptions {
  /** The first byte wanted. */
  readonly from: number;
  /** Asked before each look: true means that nothing more will be written. */
  readonly isOver: () => boolean;
  /** Gets each new piece; `from` is the offset of its first byte. A log that became shorter starts again at 0. */
  readonly onChunk: (bytes: Uint8Array, from: number) => void;
  readonly clock?: Clock;
}

/** What follows a log: `finished` resolves when the log is over and everything was handed out, or after `dispose`. */
export interface LogFollower extends Disposable {
  readonly finished: Promise<void>;
  /** Looks now: for who knows that the log grew, or that it is over, before the next look would find it. */
  look(): void;
}

const pollMs = 250;
const chunkBytes = 256 * 1024;

/** Hands out what is there and what comes. The file may appear later; trouble with reading is tried again. */
export function followLog(file: string, options: FollowLogOptions): LogFollower {
  return new GrowingLog(file, options);
}

class GrowingLog implements LogFollower {
  readonly finished: Promise<void>;
  readonly #file: string;
  readonly #options: FollowLogOptions;
  readonly #clock: Clock;
  #offset: number;
  #isDisposed = false;
  /** Ends the present wait. */
  #wake: () => void = () => undefined;
  #hasNews = false;

  constructor(file: string, options: FollowLogOptions) {
    this.#file = file;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#offset = options.from;
    this.finished = this.#follow();
  }

  look(): void {
    this.#hasNews = true;
    this.#wake();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#wake();
  }

  async #follow(): Promise<void> {
    const watcher = this.#watch();
    try {
      while (!this.#hasEnded()) {
        // Asked first: what was written before the answer is read after it.
        const isOver = this.#options.isOver();
        const isAtEnd = await this.#readAll();
        if (this.#hasEnded() || (isOver && isAtEnd)) return;
        await this.#wait();
      }
    } finally {
      watcher?.close();
    }
  }

  /** A method, since it changes while something is awaited. */
  #hasEnded(): boolean {
    return this.#isDisposed;
  }

  /** False when it could not be read. */
  async #readAll(): Promise<boolean> {
    for (;;) {
      const range = await readLogRange(this.#file, this.#offset, chunkBytes);
      if (!range.ok) return false;
      const { bytes, from, size } = range.value;
      if (this.#hasEnded()) return true;
      if (from < this.#offset) {
        this.#offset = 0;
        if (size === 0) return true;
        continue;
      }
      if (bytes.length === 0) return true;
      this.#offset = from + bytes.length;
      this.#options.onChunk(bytes, from);
    }
  }

  #wait(): Promise<void> {
    if (this.#hasNews) {
      this.#hasNews = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = this.#clock.after(pollMs, () => this.#wake());
      this.#wake = () => {
        this.#wake = () => undefined;
        this.#hasNews = false;
        timer.dispose();
        resolve();
      };
    });
  }

  #watch(): fs.FSWatcher | null {
    try {
      const name = path.basename(this.#file);
      const watcher = fs.watch(
        path.dirname(this.#file),
        { persistent: false },
        (_event, changed) => {
          if (changed !== null && changed !== name) return;
          this.look();
        },
      );
      // The poll goes on without it.
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return null;
    }
  }
}
