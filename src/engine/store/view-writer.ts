/** Changes the view file: under the lock, joined with what is there, whole or not at all. */
import path from 'node:path';
import type { Execution } from '../../model/execution.ts';
import { err, fail, ok, type Failure, type Result } from '../../model/result.ts';
import { silentLog, type Clock, type Log } from '../ports.ts';
import { correctFromJournals, readFromJournals } from './executions-on-disk.ts';
import { joinExecutions } from './join-executions.ts';
import { quarantine } from './quarantine.ts';
import { ensureStateFolder, temporaryFolder, viewPath, type StateFolder } from './state-folder.ts';
import { errnoOf, storageFailure } from './storage-failure.ts';
import { joinEntries, type ViewEntry } from './view-entry.ts';
import { acquireViewLock, sleep, type ViewLock } from './view-lock.ts';
import { uniqueName } from './unique-name.ts';
import type { ViewReader, ViewReading } from './view-reader.ts';
import { limitEntries, ownView, ViewText, viewVersion, type ValidView } from './view-text.ts';
import { createFile, removeQuietly, signatureFrom, signatureOf, syncFolder } from './write-file.ts';

/** What should change. */
export interface ViewChange {
  /** Newer states of executions, or new ones. */
  readonly put?: readonly Execution[];
  /** Executions that leave the view. */
  readonly drop?: ReadonlySet<string>;
  /** True to look for executions that the view should have and has not. */
  readonly isRebuild?: boolean;
}

/** What a writer needs. */
export interface ViewWriterOptions {
  readonly folder: StateFolder;
  readonly reader: ViewReader;
  readonly clock: Clock;
  readonly log?: Log;
  /** Finished executions to keep. */
  readonly keep: number;
}

const maxViewBytes = 1024 * 1024;

/** A view before it is text. */
interface Draft extends Pick<ValidView, 'revision' | 'others'> {
  readonly entries: readonly ViewEntry[];
}

/** Writes one folder's view file. */
export class ViewWriter {
  readonly #folder: StateFolder;
  readonly #reader: ViewReader;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #keep: number;
  readonly #text = new ViewText();
  #isPrepared = false;

  constructor(options: ViewWriterOptions) {
    this.#folder = options.folder;
    this.#reader = options.reader;
    this.#clock = options.clock;
    this.#log = options.log ?? silentLog;
    this.#keep = options.keep;
  }

  /**
   * Joins a change into the view file. Codes: `newer-version` (nothing was written), `locked` and `busy` (try again
   * later), `storage`.
   */
  async update(change: ViewChange): Promise<Result<ValidView>> {
    try {
      const early = await this.#reader.settle(this.#clock);
      if (early.view.kind === 'newer') return err(newerVersion(early.view.version));
      if (!this.#isPrepared) {
        const ensured = ensureStateFolder(this.#folder);
        if (!ensured.ok) return ensured;
        this.#isPrepared = true;
      }
      const lock = await acquireViewLock(this.#folder, this.#clock);
      if (!lock.ok) {
        // The folder may have been removed.
        this.#isPrepared = false;
        return lock;
      }
      try {
        return await this.#updateLocked(change, lock.value);
      } finally {
        await lock.value.release();
      }
    } catch (error) {
      this.#isPrepared = false;
      return err(storageFailure(`write ${viewPath(this.#folder)}`, error));
    }
  }

  async #updateLocked(change: ViewChange, lock: ViewLock): Promise<Result<ValidView>> {
    for (let tries = 0; tries < 3; tries += 1) {
      const reading = this.#reader.read();
      const base = this.#base(reading, change.isRebuild ?? false);
      if (!base.ok) return base;
      const next = this.#next(base.value, change);
      if (reading.view.kind === 'valid' && isSame(reading.view, next)) return ok(reading.view);
      const view = ownView(next, next.entries);
      const bytes = this.#text.encode(next, next.entries);
      if (await this.#replace(bytes, view, reading, lock)) return ok(view);
    }
    return fail('busy', 'the view file changes all the time');
  }

  /** What is in the file, made whole where it is not. */
  #base(reading: ViewReading, isRebuild: boolean): Result<Draft> {
    const { view } = reading;
    if (view.kind === 'newer') return err(newerVersion(view.version));
    if (view.kind === 'valid') {
      const { revision, others, entries } = view;
      if (entries !== null && !isRebuild) return ok({ revision, others, entries });
      let { executions } = view;
      if (!view.isOwnText) {
        const corrected = correctFromJournals(this.#folder, executions);
        if (corrected.isContradicted || view.rejected > 0) this.#setAside(reading, 'edited');
        executions = corrected.executions;
      }
      // Others may have left something out.
      executions = joinExecutions(executions, readFromJournals(this.#folder, this.#keep));
      return ok({ revision, others, entries: this.#entriesOf(executions) });
    }
    if (view.kind === 'bad' || view.kind === 'empty') {
      if (!this.#reader.isSettled(reading)) return fail('busy', 'the view file is being written');
      if (view.kind === 'bad') this.#setAside(reading, 'damaged');
    }
    const executions = readFromJournals(this.#folder, this.#keep);
    return ok({
      revision: this.#revisionAfterLoss(executions),
      entries: this.#entriesOf(executions),
      others: {},
    });
  }

  #entriesOf(executions: readonly Execution[]): readonly ViewEntry[] {
    return executions.map((execution) => this.#text.entryOf(execution));
  }

  /** The revision only grows, also when the file that knew it is gone. */
  #revisionAfterLoss(executions: readonly Execution[]): number {
    if (this.#reader.lastRevision > 0) return this.#reader.lastRevision;
    return executions.length > 0 ? Math.floor(Date.now() / 1000) : 0;
  }

  #next(base: Draft, change: ViewChange): Draft {
    const toEntry = (execution: Execution): ViewEntry => this.#text.entryOf(execution);
    const joined = joinEntries(base.entries, change.put ?? [], toEntry).filter(
      ({ id }) => change.drop?.has(id) !== true,
    );
    return {
      others: base.others,
      revision: Math.max(base.revision, this.#reader.lastRevision) + 1,
      entries: limitEntries(joined, { keep: this.#keep, maxBytes: maxViewBytes }),
    };
  }

  #setAside(reading: ViewReading, why: string): void {
    if (reading.bytes === null) return;
    const kept = quarantine(this.#folder, reading.bytes, `${why}-task-executions.json`);
    this.#log.warn(`the view file was ${why}; a copy is kept in ${kept}`);
  }

  /** False when the file or the lock changed in the meantime. */
  async #replace(
    bytes: Uint8Array,
    view: ValidView,
    before: ViewReading,
    lock: ViewLock,
  ): Promise<boolean> {
    const { disk } = this.#folder;
    const target = viewPath(this.#folder);
    const draft = path.join(temporaryFolder(this.#folder), `view-${uniqueName()}`);
    createFile(disk, draft, bytes, { sync: true });
    try {
      if (signatureOf(disk, target) !== before.signature || !lock.isMine()) {
        removeQuietly(disk, draft);
        return false;
      }
      await renameOver(this.#folder, this.#clock, draft, target);
    } catch (error) {
      removeQuietly(disk, draft);
      throw error;
    }
    const written = disk.stat(target);
    syncFolder(disk, this.#folder.root);
    if (written.size === BigInt(bytes.length)) {
      this.#reader.adopt({ view, signature: signatureFrom(written), bytes: null });
    }
    return true;
  }
}

function isSame({ entries }: ValidView, next: Draft): boolean {
  return (
    entries?.length === next.entries.length &&
    entries.every((entry, index) => {
      const other = next.entries[index];
      return entry === other || (entry.execution !== null && entry.execution === other?.execution);
    })
  );
}

/** On Windows a virus scanner or a reader may hold the file for a moment. */
async function renameOver(
  folder: StateFolder,
  clock: Clock,
  from: string,
  to: string,
): Promise<void> {
  let pauseMs = 5;
  for (let tries = 1; ; tries += 1) {
    try {
      folder.disk.rename(from, to);
      return;
    } catch (error) {
      const code = errnoOf(error) ?? '';
      const isPassing = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
      if (!isPassing || tries === 8) throw error;
    }
    await sleep(clock, pauseMs * (0.5 + Math.random()));
    pauseMs = Math.min(250, pauseMs * 2);
  }
}

function newerVersion(version: number): Failure {
  return {
    code: 'newer-version',
    message: `task-executions.json has version ${String(version)}; this program knows ${String(viewVersion)} and leaves it alone`,
    hint: 'Update Agent Executor.',
  };
}
