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
  #draft: Draft | null = null;
  #isSigned = false;

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
        if (this.#isOurs) this.#removeOwn();
        else breakInstance(this.#folder, target, this.#instance);
      });
    },
    rmdirSync: (): void => {
      if (this.#isOurs) this.#removeOwn();
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
        this.#removeOwn();
        return;
      } catch (error) {
        if (errnoOf(error) === null) throw error;
      }
    }
  }

  #stands(): boolean {
    return (
      this.#instance !== null &&
      instanceOf(this.#folder, this.path) === this.#instance &&
      !this.#isSignedByOther(this.#instance)
    );
  }

  /** Numbers of folders come again, and not every file system tells when one was made. */
  #isSignedByOther(instance: string): boolean {
    if (!this.#isSigned || this.#draft === null) return false;
    const bytes = readWhole(this.#folder.disk, signaturePath(this.path, instance));
    return bytes !== null && !Buffer.from(bytes).includes(this.#draft.nonce);
  }

  #removeOwn(): void {
    if (this.#stands()) removeInstance(this.#folder, this.path, this.#instance);
  }

  giveUp(): void {
    if (this.#draft !== null) removeQuietly(this.#folder.disk, this.#draft.path);
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
    if (this.#instance === null) return;
    this.#isSigned = sign(this.#folder, this.#draft.path, signaturePath(target, this.#instance));
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

/** A signature that is written already, and unlike any other. */
interface Draft {
  readonly path: string;
  readonly nonce: string;
}

function draftSignature(folder: StateFolder): Draft {
  const nonce = uniqueName();
  const draft = path.join(temporaryFolder(folder), `lock-${nonce}`);
  const bytes = Buffer.from(JSON.stringify({ ...currentOwner(), nonce }));
  createFile(folder.disk, draft, bytes, { sync: false });
  return { path: draft, nonce };
}

/** Only helps to break the lock early and to know it again, so it may fail. */
function sign(folder: StateFolder, draft: string, signature: string): boolean {
  try {
    folder.disk.rename(draft, signature);
    return true;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    removeQuietly(folder.disk, draft);
    return false;
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
    if (!isDead(folder, lockPath, instance)) return false;
    breakInstance(folder, lockPath, instance);
    return true;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return false;
  }
}

/** A lock that nobody keeps fresh is dead too: its process sleeps, and finds out when it wakes. */
function isDead(folder: StateFolder, lockPath: string, instance: string): boolean {
  const owner = readOwner(folder, signaturePath(lockPath, instance));
  const ageMs = ageMsOf(folder, lockPath);
  if (owner === null) return ageMs > foreignStaleMs;
  return ageMs > staleMs || judgeOwner(owner) === 'gone';
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
 * judge the same lock dead remove one after the other, the second one a lock that was just taken. So does the second
 * look, where the lock that was just taken cannot be told from the dead one by its number and time.
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
  try {
    if (instanceOf(folder, lockPath) === instance && isDead(folder, lockPath, instance)) {
      removeInstance(folder, lockPath, instance);
    }
  } finally {
    removeQuietly(folder.disk, token);
  }
}

/** A process that died between token and removal must not keep the lock for ever. */
function removeDeadToken(folder: StateFolder, token: string): void {
  const owner = readOwner(folder, token);
  const isDead = owner === null ? ageMsOf(folder, token) > staleMs : judgeOwner(owner) === 'gone';
  if (isDead) removeQuietly(folder.disk, token);
}

/** Removes the lock directory if it is this instance. */
function removeInstance(folder: StateFolder, lockPath: string, instance: string | null): void {
  if (instance === null || instanceOf(folder, lockPath) !== instance) return;
  removeLockFolder(folder, lockPath);
  removeQuietly(folder.disk, signaturePath(lockPath, instance));
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
