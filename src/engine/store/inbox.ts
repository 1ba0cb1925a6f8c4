/** Requests of other processes to the owner of an execution: one file each, handed over once. */
import fs from 'node:fs';
import path from 'node:path';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import type { ExecutionRequest } from '../../model/execution.ts';
import { err, fail, messageOf, ok, type Result } from '../../model/result.ts';
import { silentLog, systemClock, type Clock, type Log } from '../ports.ts';
import { executionFolder, inboxFolder, isSafeId, type StateFolder } from './state-folder.ts';
import { storageFailure } from './storage-failure.ts';
import { uniqueName } from './unique-name.ts';
import {
  createFile,
  makeFolder,
  namesIn,
  readWhole,
  removeQuietly,
  syncFolder,
} from './write-file.ts';

/** Puts a request into the inbox of an execution, durably. Codes: `unknown-execution`, `storage`. */
export function sendRequest(
  folder: StateFolder,
  id: string,
  request: Pick<ExecutionRequest, 'type' | 'task' | 'by'>,
): Result<ExecutionRequest> {
  const { disk } = folder;
  try {
    if (!isSafeId(id) || !disk.exists(executionFolder(folder, id))) {
      return fail('unknown-execution', `there is no execution ${id}`);
    }
    const inbox = inboxFolder(folder, id);
    makeFolder(disk, inbox);
    const now = Date.now();
    const name = `${String(now).padStart(15, '0')}-${uniqueName().slice(0, 12)}`;
    const { type, task, by } = request;
    const full: ExecutionRequest = { id: name, type, task, by, at: new Date(now).toISOString() };
    const draft = path.join(inbox, `${name}.tmp`);
    createFile(disk, draft, Buffer.from(`${JSON.stringify(full)}\n`), { sync: true });
    disk.rename(draft, path.join(inbox, `${name}.json`));
    syncFolder(disk, inbox);
    return ok(full);
  } catch (error) {
    return err(storageFailure(`send the request to execution ${id}`, error));
  }
}

const pollMs = 500;
/** Watching takes a millisecond to begin, and most short executions are over before anybody wants them stopped. */
const watchAfterMs = 50;

/** Hands each request to `handle` once, oldest first, then removes its file. Events plus a poll of 500 ms. */
export function watchInbox(
  folder: StateFolder,
  id: string,
  handle: (request: ExecutionRequest) => void,
  options: { readonly clock?: Clock; readonly log?: Log } = {},
): Disposable {
  const { clock = systemClock, log = silentLog } = options;
  const reader = new InboxReader(folder, id, handle, log);
  let watcher: fs.FSWatcher | null = null;
  let timer: Disposable | null = null;
  let isDisposed = false;

  const watch = (): void => {
    try {
      watcher = fs.watch(inboxFolder(folder, id), { persistent: false }, () => {
        if (!isDisposed) reader.readNew();
      });
      watcher.on('error', () => {
        watcher?.close();
        watcher = null;
      });
    } catch {
      // No folder or no watches left: the poll serves as well.
      watcher = null;
    }
  };
  const poll = (): void => {
    reader.readNew();
    // A handler may have ended the watch.
    if (!isDisposed) timer = clock.after(pollMs, poll);
  };
  const begin = (): void => {
    watch();
    poll();
  };
  try {
    makeFolder(folder.disk, inboxFolder(folder, id));
  } catch (error) {
    log.warn(storageFailure('watch for requests', error).message);
  }
  reader.readNew();
  timer = clock.after(watchAfterMs, begin);
  return toDisposable(() => {
    isDisposed = true;
    reader.stop();
    timer?.dispose();
    watcher?.close();
  });
}

class InboxReader {
  readonly #folder: StateFolder;
  readonly #id: string;
  readonly #handle: (request: ExecutionRequest) => void;
  readonly #log: Log;
  /** Requests that were handed over but whose files could not be removed. */
  readonly #done = new Set<string>();
  #isStopped = false;

  constructor(
    folder: StateFolder,
    id: string,
    handle: (request: ExecutionRequest) => void,
    log: Log,
  ) {
    this.#folder = folder;
    this.#id = id;
    this.#handle = handle;
    this.#log = log;
  }

  /** Requests that were not handed over yet stay for the next owner. */
  stop(): void {
    this.#isStopped = true;
  }

  readNew(): void {
    const inbox = inboxFolder(this.#folder, this.#id);
    try {
      const names = namesIn(this.#folder.disk, inbox).filter((name) => name.endsWith('.json'));
      for (const name of names.sort()) this.#take(path.join(inbox, name), name);
    } catch (error) {
      this.#log.warn(storageFailure('read the requests', error).message);
    }
  }

  #take(file: string, name: string): void {
    if (this.#isStopped) return;
    if (this.#done.has(name)) {
      removeQuietly(this.#folder.disk, file);
      return;
    }
    const bytes = readWhole(this.#folder.disk, file);
    if (bytes === null) return;
    this.#done.add(name);
    const request = parseRequest(bytes, name);
    if (request === null) {
      this.#log.warn(`ignored a request that cannot be read: ${name}`);
    } else {
      try {
        this.#handle(request);
      } catch (error) {
        this.#log.error(`the request ${request.type} failed: ${messageOf(error)}`);
      }
    }
    removeQuietly(this.#folder.disk, file);
  }
}

const requestTypes: readonly string[] = ['cancel', 'kill', 'approve', 'reject'];

function parseRequest(bytes: Uint8Array, name: string): ExecutionRequest | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { id, type, task, by, at } = parsed as Partial<Record<keyof ExecutionRequest, unknown>>;
  if (typeof type !== 'string' || !requestTypes.includes(type)) return null;
  return {
    id: typeof id === 'string' ? id : name,
    type: type as ExecutionRequest['type'],
    task: typeof task === 'string' ? task : null,
    by: typeof by === 'string' ? by : 'unknown',
    at: typeof at === 'string' ? at : new Date().toISOString(),
  };
}
