/** Follows a state folder: what windows and `watch` show. */
import { Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { silentLog, systemClock, type Clock, type Log } from '../ports.ts';
import {
  isDifferent,
  nextSnapshot,
  type StoreChange,
  type StoreSnapshot,
  type StoreTrouble,
} from './snapshot.ts';
import { viewPath, type StateFolder } from './state-folder.ts';
import { StateReader } from './state-reader.ts';
import { defaultKeep } from './view-publisher.ts';
import type { ViewChange } from './view-writer.ts';
import { watchFile } from './watch-folder.ts';
import { JournalWatch } from './watch-journals.ts';
import { signatureOf } from './write-file.ts';

export type { StoreChange, StoreSnapshot, StoreTrouble } from './snapshot.ts';
export { removeExecutions } from './remove-executions.ts';

/** What a follower needs. */
export interface StateFollowerOptions {
  readonly folder: StateFolder;
  readonly clock?: Clock;
  readonly log?: Log;
  /** The safety poll; default 2000. */
  readonly pollMs?: number;
  /**
   * Whether executions of dead owners are marked interrupted and a damaged view file is repaired; default true. With
   * false nothing is ever written.
   */
  readonly recover?: boolean;
  /** Finished executions that a repaired view file keeps; default 200. */
  readonly keep?: number;
}

/** A change may be followed by another that is not told; these looks after a hint find it. */
const recheckMs = [80, 500];
/** The poll while events are known not to come. */
const deadPollMs = 500;
const recoverEveryMs = 4000;
const repairEveryMs = 2000;
/** Looks may take this part of the time. */
const readShare = 0.2;

/** Keeps a snapshot current. Trouble is part of the snapshot, never thrown. */
export class StateFollower implements Disposable {
  readonly #folder: StateFolder;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #reader: StateReader;
  readonly #mayWrite: boolean;
  readonly #didChange = new Emitter<StoreChange>();
  readonly #timers = new Map<string, Disposable>();
  #snapshot: StoreSnapshot;
  #watch: Disposable | null = null;
  #journals: JournalWatch | null = null;
  #watchedRoot: string | null = null;
  #pollMs: number;
  #watchTrouble: StoreTrouble | null = null;
  #repairTrouble: StoreTrouble | null = null;
  #spaceTrouble: StoreTrouble | null = null;
  #repair: ViewChange | null = null;
  #isRepairing = false;
  #isDisposed = false;
  #earliestReadMs = 0;
  /** How long the last look took. */
  #lastTookMs = 0;
  #earliestRepairMs = 0;

  constructor(options: StateFollowerOptions) {
    this.#folder = options.folder;
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log ?? silentLog;
    this.#pollMs = options.pollMs ?? 2000;
    this.#mayWrite = options.recover ?? true;
    this.#reader = new StateReader({
      folder: options.folder,
      clock: this.#clock,
      log: this.#log,
      keep: options.keep ?? defaultKeep,
    });
    const readAt = new Date(this.#clock.wallMs()).toISOString();
    this.#snapshot = { executions: [], revision: 0, trouble: null, lost: [], readAt };
  }

  /** Starts to watch and ends with the first snapshot. */
  async start(): Promise<StoreSnapshot> {
    this.#rewatch();
    this.#journals = new JournalWatch(() => this.#look());
    this.#readNow();
    this.#recover();
    this.#after('poll', this.#pollDelayMs(), () => {
      this.#poll();
    });
    return Promise.resolve(this.#snapshot);
  }

  /** The newest snapshot. */
  get snapshot(): StoreSnapshot {
    return this.#snapshot;
  }

  /** After every difference. */
  get onDidChange(): Event<StoreChange> {
    return this.#didChange.event;
  }

  /** Reads again now. */
  async refresh(): Promise<StoreSnapshot> {
    this.#checkWatch();
    this.#readNow();
    return Promise.resolve(this.#snapshot);
  }

  /** Changes the safety poll. */
  setPollMs(ms: number): void {
    this.#pollMs = ms;
    if (this.#timers.has('poll')) {
      this.#after('poll', this.#pollDelayMs(), () => {
        this.#poll();
      });
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#timers.values()) timer.dispose();
    this.#timers.clear();
    this.#watch?.dispose();
    this.#journals?.dispose();
    this.#didChange.dispose();
  }

  /** One timer per purpose; a new one replaces the one before. Nothing that runs in it may throw into the host. */
  #after(purpose: string, delayMs: number, run: () => void): void {
    this.#timers.get(purpose)?.dispose();
    if (this.#isDisposed) return;
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(purpose);
      try {
        run();
      } catch (error) {
        this.#log.error(`following ${this.#folder.root} failed: ${messageOf(error)}`);
      }
    });
    this.#timers.set(purpose, timer);
  }

  #pollDelayMs(): number {
    return this.#watchTrouble === null ? this.#pollMs : Math.min(this.#pollMs, deadPollMs);
  }

  #poll(): void {
    this.#after('poll', this.#pollDelayMs(), () => {
      this.#poll();
    });
    this.#checkWatch();
    this.#readNow();
  }

  /** The folder may have come, gone, or become another one. */
  #checkWatch(): void {
    if (!this.#isDisposed && this.#rootSignature() !== this.#watchedRoot) this.#rewatch();
  }

  /** Reads, or does so as soon as the last look is long enough ago; returns how long that takes. */
  #look(): number {
    const waitMs = Math.max(0, this.#earliestReadMs - this.#clock.monotonicMs());
    if (waitMs === 0) this.#readNow();
    else if (!this.#timers.has('late')) this.#after('late', waitMs, () => this.#readNow());
    return waitMs;
  }

  #hint(): void {
    const waitMs = this.#look();
    for (const delayMs of recheckMs) {
      this.#after(`recheck ${String(delayMs)}`, delayMs + waitMs, () => this.#readNow());
    }
  }

  #readNow(): void {
    if (this.#isDisposed) return;
    const startMs = this.#clock.monotonicMs();
    const reading = this.#reader.read();
    this.#journals?.follow(this.#reader.activeJournals);
    const { executions, revision, lost } = reading;
    const trouble =
      reading.trouble ?? this.#repairTrouble ?? this.#spaceTrouble ?? this.#watchTrouble;
    const wallMs = this.#clock.wallMs();
    const change = nextSnapshot(this.#snapshot, { executions, revision, trouble, lost, wallMs });
    const before = this.#snapshot;
    this.#snapshot = change.snapshot;
    const nowMs = this.#clock.monotonicMs();
    const tookMs = nowMs - startMs;
    // One that takes long may have waited for a processor; two after each other have much to do.
    this.#earliestReadMs = nowMs + Math.min(tookMs, this.#lastTookMs) / readShare;
    this.#lastTookMs = tookMs;
    this.#repair = reading.repair;
    if (reading.repair === null) this.#repairTrouble = null;
    else this.#scheduleRepair();
    if (isDifferent(before, change)) this.#didChange.fire(change);
  }

  #recover(): void {
    this.#after('recover', recoverEveryMs, () => {
      this.#recover();
    });
    const before = this.#spaceTrouble;
    this.#spaceTrouble = spaceTrouble(this.#folder, this.#snapshot.executions);
    const isRecovered = this.#mayWrite && this.#reader.recover();
    if (isRecovered || before?.code !== this.#spaceTrouble?.code) this.#readNow();
  }

  #scheduleRepair(): void {
    if (!this.#mayWrite || this.#isRepairing || this.#timers.has('repair')) return;
    const delayMs = Math.max(0, this.#earliestRepairMs - this.#clock.monotonicMs());
    this.#after('repair', delayMs, () => {
      void this.#repairNow();
    });
  }

  async #repairNow(): Promise<void> {
    if (this.#repair === null || this.#isDisposed) return;
    this.#isRepairing = true;
    try {
      this.#repairTrouble = await this.#reader.repair(this.#repair);
    } catch (error) {
      this.#log.error(`the view file could not be repaired: ${messageOf(error)}`);
    }
    this.#isRepairing = false;
    this.#earliestRepairMs = this.#clock.monotonicMs() + repairEveryMs;
    this.#readNow();
  }

  #rewatch(): void {
    this.#watch?.dispose();
    this.#watchTrouble = null;
    this.#watchedRoot = this.#rootSignature();
    this.#watch = null;
    // A folder that is not there yet is found by the poll.
    if (this.#watchedRoot === null) return;
    this.#watch = watchFile(viewPath(this.#folder), {
      onHint: () => {
        this.#hint();
      },
      onDead: (why) => {
        this.#watchTrouble = {
          code: 'no-watch',
          message: `changes are looked for twice a second, since the system does not tell of them: ${why}`,
        };
        this.#after('poll', 0, () => {
          this.#poll();
        });
      },
    });
  }

  /** Which folder stands there now; not its state. */
  #rootSignature(): string | null {
    try {
      return signatureOf(this.#folder.disk, this.#folder.root)?.split(':')[0] ?? null;
    } catch {
      return null;
    }
  }
}

/**
 * One snapshot for `list` and `show`: no watcher, but executions of dead owners are marked interrupted and a damaged
 * view file is repaired.
 */
export async function readSnapshot(folder: StateFolder): Promise<StoreSnapshot> {
  const clock = systemClock;
  const reader = new StateReader({ folder, clock, log: silentLog, keep: defaultKeep });
  let reading = reader.read();
  if (reader.recover()) reading = reader.read();
  let repairTrouble: StoreTrouble | null = null;
  if (reading.repair !== null) {
    repairTrouble = await reader.repair(reading.repair);
    reading = reader.read();
  }
  const { executions, revision, lost } = reading;
  const trouble = reading.trouble ?? repairTrouble ?? spaceTrouble(folder, executions);
  const readAt = new Date(clock.wallMs()).toISOString();
  const none: StoreSnapshot = { executions: [], revision: 0, trouble: null, lost: [], readAt };
  const wallMs = clock.wallMs();
  return nextSnapshot(none, { executions, revision, trouble, lost, wallMs }).snapshot;
}

/** A runner on a full disk cannot tell of it: what it wants to say is what it cannot write. */
function spaceTrouble(
  { root, disk }: StateFolder,
  executions: readonly Execution[],
): StoreTrouble | null {
  if (executions.every(({ status }) => isExecutionOver(status)) || disk.hasRoom(root)) return null;
  return {
    code: 'full',
    message: `the disk of ${root} is full; executions wait until their progress can be recorded`,
    hint: 'Free some space; they go on by themselves then.',
  };
}
