/** The only writer of an execution's journal. `owned-execution.ts` makes it. */
import { Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, Timestamp } from '../../model/execution.ts';
import { err, ok, type Failure, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { currentOwner } from '../liveness/owner.ts';
import { markActive, markEnded } from './active-marks.ts';
import { isClaimedAfter, makeClaim, newestClaim } from './claim-epoch.ts';
import { foldEvents, indexTasks } from './fold-events.ts';
import { encodeClaim, encodeEvents, type ClaimOfEpoch } from './journal-line.ts';
import { JournalWriter } from './journal-writer.ts';
import { journalPath, type StateFolder } from './state-folder.ts';
import { storageFailure } from './storage-failure.ts';
import { uniqueName } from './unique-name.ts';

/** What a commit tells its listeners. */
export interface Committed {
  readonly events: readonly ExecutionEvent[];
  readonly execution: Execution;
}

/** An execution that this process owns. Disposing closes the journal; the ownership stays until someone claims it. */
export interface OwnedExecution extends Disposable {
  readonly folder: StateFolder;
  readonly id: string;
  readonly epoch: number;
  /** The fold of what is durable, plus notes and `touchOutput`. */
  readonly state: Execution;
  /**
   * All events in one write and one sync, or none; on return they are durable and others can see them. `follow` is what
   * follows from them, done before anybody is told. Codes:
   * what `applyEvent` refuses (nothing written), `fenced` (another process owns the execution: stop), `storage`
   * (outcome unknown; the next call claims a new epoch, without these events, and goes on).
   */
  commit(events: readonly ExecutionEvent[], follow?: () => void): Result<Execution>;
  /** The same without the sync: for what only helps to judge a doubt, such as `task-spawned`. */
  note(events: readonly ExecutionEvent[]): Result<Execution>;
  /** Sets `lastOutputAt` in memory (and so in the view file), never in the journal. Fires nothing. */
  touchOutput(task: string, at: Timestamp): void;
  /** After each commit and note. */
  readonly onDidCommit: Event<Committed>;
  readonly isFenced: boolean;
}

/** Where a new epoch starts: after which record, and how much of the journal before counts. */
export interface EpochStart {
  readonly epoch: number;
  readonly seq: number;
  readonly claim: ClaimOfEpoch;
}

/** Starts the journal of a claimed epoch with its first events, durably. Throws what the disk throws. */
export function openEpoch(
  folder: StateFolder,
  id: string,
  start: EpochStart,
  events: readonly ExecutionEvent[],
): JournalWriter {
  const firstLines = Buffer.concat([
    encodeClaim(start.epoch, start.seq, start.claim),
    encodeEvents(start.epoch, start.seq + 1, events),
  ]);
  return JournalWriter.create(folder.disk, journalPath(folder, id, start.epoch), firstLines);
}

/** An owned execution on an epoch that was just opened; `state` is the fold so far. */
export function ownedExecution(
  folder: StateFolder,
  state: Execution,
  writer: JournalWriter,
  nonce: string,
): OwnedExecution {
  return new JournalOwner(folder, state, writer, nonce);
}

class JournalOwner implements OwnedExecution {
  readonly folder: StateFolder;
  readonly id: string;
  readonly #didCommit = new Emitter<Committed>();
  readonly #indexOf = indexTasks();
  /** The nonces of this object's claims: the one it began with, and those it made after errors. */
  readonly #nonces: Set<string>;
  #state: Execution;
  #writer: JournalWriter;
  #syncedSeq: number;
  #unsyncedNotes: ExecutionEvent[] = [];
  #isFenced = false;
  #isDisposed = false;

  constructor(folder: StateFolder, state: Execution, writer: JournalWriter, nonce: string) {
    this.folder = folder;
    this.id = state.id;
    this.#state = state;
    this.#writer = writer;
    this.#syncedSeq = state.seq;
    this.#nonces = new Set([nonce]);
  }

  get epoch(): number {
    return this.#state.epoch;
  }

  get state(): Execution {
    return this.#state;
  }

  get isFenced(): boolean {
    return this.#isFenced;
  }

  get onDidCommit(): Event<Committed> {
    return this.#didCommit.event;
  }

  commit(events: readonly ExecutionEvent[], follow?: () => void): Result<Execution> {
    return this.#append(events, true, follow);
  }

  note(events: readonly ExecutionEvent[]): Result<Execution> {
    return this.#append(events, false);
  }

  touchOutput(task: string, at: Timestamp): void {
    const index = this.#indexOf(this.#state, task);
    const found = this.#state.tasks[index];
    if (found === undefined || found.lastOutputAt === at) return;
    const tasks = this.#state.tasks.slice();
    tasks[index] = { ...found, lastOutputAt: at };
    this.#state = { ...this.#state, tasks };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#writer.close();
    this.#didCommit.dispose();
  }

  #append(
    events: readonly ExecutionEvent[],
    sync: boolean,
    follow?: () => void,
  ): Result<Execution> {
    if (this.#isDisposed) throw new Error(`execution ${this.id} was closed`);
    if (this.#isFenced) return err(fenced(this.id));
    if (events.length === 0) return ok(this.#state);
    const checked = this.#fold(events);
    if (!checked.ok) return checked;
    try {
      if (!this.#writer.isOpen && !this.#reopen()) return this.#fence();
      if (events.some((event) => event.type === 'execution-restarted')) {
        markActive(this.folder, { id: this.id, epoch: this.epoch });
      }
      this.#writer.append(encodeEvents(this.epoch, this.#state.seq + 1, events), { sync });
      if (isClaimedAfter(this.folder, this.id, this.epoch)) return this.#fence();
    } catch (error) {
      return err(storageFailure(`record the progress of execution ${this.id}`, error));
    }
    // Folded anew where the epoch was: the place of the events is another one then.
    const folded = this.#state.epoch === checked.value.epoch ? checked : this.#fold(events);
    if (!folded.ok) return folded;
    this.#state = folded.value;
    if (sync) {
      this.#syncedSeq = this.#state.seq;
      this.#unsyncedNotes = [];
    } else {
      this.#unsyncedNotes.push(...events);
    }
    if (isExecutionOver(this.#state.status)) this.#unmark();
    follow?.();
    this.#didCommit.fire({ events, execution: this.#state });
    return ok(this.#state);
  }

  #fold(events: readonly ExecutionEvent[]): Result<Execution> {
    const place = { epoch: this.epoch, seq: this.#state.seq + 1 };
    return foldEvents(this.#state, events, place, this.#indexOf);
  }

  #fence(): Result<Execution> {
    this.#isFenced = true;
    this.#writer.close();
    return err(fenced(this.id));
  }

  #unmark(): void {
    try {
      markEnded(this.folder, { id: this.id, epoch: this.epoch });
    } catch {
      // A mark too many does no harm: a reader sees in the journal that the execution is over.
    }
  }

  /**
   * Goes on after an error in an epoch of its own that counts only what was synced, so the record in doubt did not
   * happen. False when someone else has claimed the execution in the meantime. Throws what the disk throws.
   */
  #reopen(): boolean {
    const newest = newestClaim(this.folder, this.id);
    if (newest !== null && newest.epoch > this.epoch) {
      if (newest.claim === null || !this.#nonces.has(newest.claim.nonce)) return false;
    }
    const owner = this.#state.owner ?? currentOwner();
    const epoch = Math.max(newest?.epoch ?? 0, this.epoch) + 1;
    const nonce = uniqueName();
    this.#nonces.add(nonce);
    markActive(this.folder, { id: this.id, epoch });
    if (!makeClaim(this.folder, this.id, epoch, { owner, why: 'reopen', nonce })) return false;
    const at = new Date().toISOString();
    const events: ExecutionEvent[] = [
      { type: 'execution-claimed', at, owner, why: 'reopen' },
      ...this.#unsyncedNotes,
    ];
    const claim = { prev: this.epoch, prevBytes: this.#writer.syncedBytes };
    const seq = this.#syncedSeq;
    this.#writer = openEpoch(this.folder, this.id, { epoch, seq, claim }, events);
    this.#syncedSeq = seq + events.length;
    this.#unsyncedNotes = [];
    // The notes are in the state already.
    this.#state = { ...this.#state, owner, epoch, seq: this.#syncedSeq };
    return true;
  }
}

function fenced(id: string): Failure {
  return {
    code: 'fenced',
    message: `execution ${id} belongs to another process now; this one stops`,
  };
}
