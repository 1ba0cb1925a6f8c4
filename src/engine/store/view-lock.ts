/**
 * The lock of the view file: proper-lockfile's, so that other tools can take part, made safer in four ways.
 * A directory is only removed if it is the very one that is meant; a lock whose owner is proved gone is broken at once;
 * only one process ever may break one lock; a lost lock is told, not thrown. It saves work and is no protection by
 * itself: what it guards heals by joining.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Owner } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { currentOwner, judgeOwner } from '../liveness/owner.ts';
import type { Clock } from '../ports.ts';
import { temporaryFolder, viewPath, type StateFolder } from './state-folder.ts';
import { errnoOf, storageFailure } from './storage-failure.ts';
import { uniqueName } from './unique-name.ts';
import { createFile, makeFolder, readWhole, removeQuietly } from './write-file.ts';

/** A lock that is held. */
export interface ViewLock {
  /** False when another process broke it, for example after a long sleep. */
  isMine(): boolean;
  release(): Promise<void>;
}

const staleMs = 30_000;
/** A lock without a signature: another tool's, which keeps it fresher than this, or of a process that died in between. */
const foreignStaleMs = 10_000;
const waitMs = 3000;

/** Takes the lock, waiting up to three seconds. Codes: `locked`, `storage`. */
export async function acquireViewLock(
  folder: StateFolder,
  clock: Clock,
): Promise<Result<ViewLock>> {
  const { lock } = await import('./lock-library.ts');
  const guard = new LockGuard(folder);
  const deadline = clock.monotonicMs() + waitMs;
  let pauseMs = 5;
  for (;;) {
    try {
      const release = await lock(viewPath(folder), {
        lockfilePath: guard.path,
        realpath: false,
        retries: 0,
        stale: staleMs,
        update: staleMs / 3,
        fs: guard.calls,
        onCompromised: () => {
          guard.isCompromised = true;
        },
      });
      return ok(guard.hold(release, clock));
    } catch (error) {
      if (!isLocked(error)) {
        guard.giveUp();
        return { ok: false, error: storageFailure('lock the view file', error) };
      }
    }
    const isBroken = breakIfDead(folder, guard.path);
    if (clock.monotonicMs() >= deadline) {
      guard.giveUp();
      return fail('locked', `another process holds ${guard.path}`);
    }
    if (!isBroken) await sleep(clock, pauseMs + Math.random() * pauseMs);
    pauseMs = Math.min(50, pauseMs * 1.5);
  }
}

/** Ends after `ms` of the given clock. */
export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ELOCKED' || code === 'EEXIST';
}

type Callback = (error: Error | null, value?: unknown) => void;

/** One attempt's view of the lock directory, and the file system calls that the library makes on it. */
class LockGuard {
  readonly path: string;
  readonly #folder: StateFolder;
  /** The directory that the library looked at last, or that is ours. */
  #instance: string | null = null;
  #isOurs = false;
  isCompromised = false;
  /** The signature, written before the lock is made so that the lock is signed by one rename. */
  #draft: string | null = null;

  constructor(folder: StateFolder) {
    this.#folder = folder;
    this.path = `${viewPath(folder)}.lock`;
  }

  readonly calls = {
    mkdir: (target: string, done: Callback): void => {
      this.#run(done, () => {
        this.#make(target);
      });
    },
    rmdir: (target: string, done: Callback): void => {
      this.#run(done, () => {
        if (this.#isOurs) removeInstance(this.#folder, target, this.#instance);
        else breakInstance(this.#folder, target, this.#instance);
      });
    },
    rmdirSync: (target: string): void => {
      removeInstance(this.#folder, target, this.#isOurs ? this.#instance : null);
    },
    stat: (target: string, done: Callback): void => {
      this.#run(done, () => {
        if (!this.#isOurs) this.#instance = instanceOf(this.#folder, target);
        return fs.statSync(target);
      });
    },
    utimes: (target: string, atime: Date, mtime: Date, done: Callback): void => {
      this.#run(done, () => {
        fs.utimesSync(target, atime, mtime);
      });
    },
    realpath: (target: string, done: Callback): void => {
      fs.realpath(target, done);
    },
  };

  hold(release: () => Promise<void>, clock: Clock): ViewLock {
    return {
      isMine: () => !this.isCompromised && this.#stands(),
      release: async () => {
        try {
          await release();
        } catch {
          // Lost, or the file system refused: a virus scanner may look at it just now.
          await this.#removeInTheEnd(clock);
        }
      },
    };
  }

  /** What then still stands is freed by its age or by the end of this process. */
  async #removeInTheEnd(clock: Clock): Promise<void> {
    for (const pauseMs of [0, 20, 100, 500]) {
      await sleep(clock, pauseMs);
      try {
        removeInstance(this.#folder, this.path, this.#instance);
        return;
      } catch (error) {
        if (errnoOf(error) === null) throw error;
      }
    }
  }

  #stands(): boolean {
    return this.#instance !== null && instanceOf(this.#folder, this.path) === this.#instance;
  }

  giveUp(): void {
    if (this.#draft !== null) removeQuietly(this.#folder.disk, this.#draft);
  }

  #make(target: string): void {
    this.#draft ??= draftSignature(this.#folder);
    try {
      this.#folder.disk.mkdir(target);
    } catch (error) {
      // Windows says so of a directory that is just being deleted.
      if (process.platform === 'win32' && errnoOf(error) === 'EPERM') {
        throw Object.assign(new Error('being deleted'), { code: 'EEXIST' });
      }
      throw error;
    }
    try {
      this.#instance = instanceOf(this.#folder, target);
    } catch (error) {
      removeLockFolder(this.#folder, target);
      throw error;
    }
    this.#isOurs = true;
    if (this.#instance !== null) sign(this.#folder, this.#draft, target, this.#instance);
  }

  /** In this thread: of a short run nothing else needs the others, which take a millisecond to start and to end. */
  #run(done: Callback, call: () => unknown): void {
    let failure: Error | null = null;
    let value: unknown;
    try {
      value = call();
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    // The library expects an answer from outside its own call.
    setImmediate(done, failure, value);
  }
}

/** Beside the lock of one instance: who made it. */
function signaturePath(lockPath: string, instance: string): string {
  return `${lockPath}.owner-${instance}`;
}

function draftSignature(folder: StateFolder): string {
  const draft = path.join(temporaryFolder(folder), `lock-${uniqueName()}`);
  createFile(folder.disk, draft, Buffer.from(JSON.stringify(currentOwner())), { sync: false });
  return draft;
}

/** Only helps to break the lock early, so it may fail. */
function sign(folder: StateFolder, draft: string, lockPath: string, instance: string): void {
  try {
    folder.disk.rename(draft, signaturePath(lockPath, instance));
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    removeQuietly(folder.disk, draft);
  }
}

/** How long ago the lock was made or kept fresh. */
function ageMsOf(folder: StateFolder, lockPath: string): number {
  return Date.now() - Number(folder.disk.stat(lockPath).mtimeNs / 1_000_000n);
}

/** Breaks the lock if the process that made this very directory is proved gone; true when it is worth to try again at once. */
function breakIfDead(folder: StateFolder, lockPath: string): boolean {
  try {
    const instance = instanceOf(folder, lockPath);
    if (instance === null) return true;
    const owner = readOwner(folder, signaturePath(lockPath, instance));
    const isDead =
      owner === null ? ageMsOf(folder, lockPath) > foreignStaleMs : judgeOwner(owner) === 'gone';
    if (!isDead) return false;
    breakInstance(folder, lockPath, instance);
    return true;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return false;
  }
}

function readOwner(folder: StateFolder, file: string): Owner | null {
  const bytes = readWhole(folder.disk, file);
  if (bytes === null) return null;
  try {
    const owner = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' ? (owner as Owner) : null;
  } catch {
    return null;
  }
}

/**
 * Removes somebody else's lock. The token makes sure that only one process removes this instance: without it two that
 * judge the same lock dead remove one after the other, the second one a lock that was just taken.
 */
function breakInstance(folder: StateFolder, lockPath: string, instance: string | null): void {
  if (instance === null) throw Object.assign(new Error('no lock'), { code: 'ENOENT' });
  const token = `${lockPath}.break-${instance}`;
  try {
    createFile(folder.disk, token, Buffer.from(JSON.stringify(currentOwner())), { sync: false });
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') removeDeadToken(folder, token);
    throw error;
  }
  removeInstance(folder, lockPath, instance);
  // The instance is gone and never comes back, so the token has done its work.
  removeQuietly(folder.disk, token);
}

/** A process that died between token and removal must not keep the lock for ever. */
function removeDeadToken(folder: StateFolder, token: string): void {
  const owner = readOwner(folder, token);
  const isDead = owner === null ? ageMsOf(folder, token) > staleMs : judgeOwner(owner) === 'gone';
  if (isDead) removeQuietly(folder.disk, token);
}

/** Removes the lock directory if it is this instance. */
function removeInstance(folder: StateFolder, lockPath: string, instance: string | null): void {
  const { disk } = folder;
  if (instance === null || instanceOf(folder, lockPath) !== instance) return;
  removeLockFolder(folder, lockPath);
  removeQuietly(disk, signaturePath(lockPath, instance));
}

function removeLockFolder(folder: StateFolder, lockPath: string): void {
  const { disk } = folder;
  try {
    disk.rmdir(lockPath);
  } catch (error) {
    const code = errnoOf(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    // Something else put a file into it (`.DS_Store`); out of the way first, then away.
    makeFolder(disk, temporaryFolder(folder));
    const away = path.join(temporaryFolder(folder), `lock-${uniqueName()}`);
    disk.rename(lockPath, away);
    disk.remove(away);
  }
}

function instanceOf(folder: StateFolder, lockPath: string): string | null {
  try {
    const { ino, birthtimeNs } = folder.disk.stat(lockPath);
    return `${ino.toString(36)}-${birthtimeNs.toString(36)}`;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
