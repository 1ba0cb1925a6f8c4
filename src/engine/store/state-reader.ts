/** Puts together what is known of a state folder, and repairs the view file where it is wrong. */
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { judgeOwner, mayLive } from '../liveness/owner.ts';
import { recoverInterrupted } from '../liveness/recover.ts';
import type { Clock, Log } from '../ports.ts';
import { ActiveJournals } from './active-journals.ts';
import { correctFromJournals, readFromJournals } from './executions-on-disk.ts';
import { joinExecutions } from './join-executions.ts';
import { listExecutionIds } from './read-execution.ts';
import { ShownStates } from './shown-states.ts';
import type { StoreTrouble } from './snapshot.ts';
import { claimPath, type StateFolder } from './state-folder.ts';
import { storageFailure } from './storage-failure.ts';
import { ViewReader, type ViewReading } from './view-reader.ts';
import { ViewWriter, type ViewChange } from './view-writer.ts';

/** One look at a state folder. */
export interface StateReading {
  readonly executions: readonly Execution[];
  readonly revision: number;
  readonly trouble: StoreTrouble | null;
  /** Ids of executions that are not over and whose records were deleted or moved under them. */
  readonly lost: readonly string[];
  /** What the view file lacks; null when it is right. */
  readonly repair: ViewChange | null;
}

/** What the view says, set right, before the journals of what goes on are put over it. */
type Base = Pick<StateReading, 'executions' | 'trouble' | 'repair'>;

/** What a reader needs. */
export interface StateReaderOptions {
  readonly folder: StateFolder;
  readonly clock: Clock;
  readonly log: Log;
  readonly keep: number;
}

/** How long the view may be behind the journals before a reader writes it: usually its owner does. */
const behindMs = 3000;
/** How often all journals are read anew while there is no view to use. */
const rereadMs = 2000;

/** Reads one state folder. */
export class StateReader {
  readonly #folder: StateFolder;
  readonly #clock: Clock;
  readonly #keep: number;
  readonly #view: ViewReader;
  readonly #writer: ViewWriter;
  readonly #journals: ActiveJournals;
  #corrected: { readonly reading: ViewReading; readonly executions: readonly Execution[] } | null =
    null;
  #fromJournals: { readonly atMs: number; readonly executions: readonly Execution[] } | null = null;
  readonly #shown = new ShownStates();
  #behindSinceMs: number | null = null;
  #isChecked = false;

  constructor(options: StateReaderOptions) {
    this.#folder = options.folder;
    this.#clock = options.clock;
    this.#keep = options.keep;
    this.#view = new ViewReader(options.folder);
    this.#journals = new ActiveJournals(options.folder);
    this.#writer = new ViewWriter({ ...options, reader: this.#view });
  }

  /** The journals of active executions, as of the last look. */
  get activeJournals(): readonly string[] {
    return this.#journals.files;
  }

  /** Looks now. Never throws for what the disk does. */
  read(): StateReading {
    try {
      const reading = this.#read();
      return { ...reading, executions: this.#shown.show(reading.executions) };
    } catch (error) {
      const trouble = storageFailure('read the state folder', error);
      const revision = this.#view.lastRevision;
      return { executions: this.#shown.current, revision, trouble, lost: [], repair: null };
    }
  }

  /** Marks executions of dead owners interrupted; true when there were any. */
  recover(): boolean {
    return recoverInterrupted(this.#folder, this.#shown.current).length > 0;
  }

  /** Repairs the view file; null when it went well or someone else is at it. */
  async repair(change: ViewChange): Promise<StoreTrouble | null> {
    const result = await this.#writer.update(change);
    if (result.ok || result.error.code === 'busy' || result.error.code === 'locked') return null;
    return result.error;
  }

  #read(): StateReading {
    const reading = this.#view.read();
    const revisionBefore = this.#view.lastRevision;
    const base = this.#base(reading, revisionBefore);
    const { executions, ahead, damaged, lost } = this.#journals.overlay(base.executions);
    const trouble =
      base.trouble ??
      damagedTrouble(damaged) ??
      lostTrouble(executions, lost) ??
      readOnlyTrouble(this.#folder);
    const isNewer = reading.view.kind === 'newer';
    const repair = isNewer ? null : (base.repair ?? this.#repairBehind(ahead));
    return { executions, revision: revisionBefore, trouble, lost, repair };
  }

  #base(reading: ViewReading, lastRevision: number): Base {
    const { view } = reading;
    if (view.kind === 'newer') {
      return {
        executions: view.executions,
        trouble: {
          code: 'newer-version',
          message: `task-executions.json has version ${String(view.version)} and is shown read-only`,
          hint: 'Update Agent Executor.',
        },
        repair: null,
      };
    }
    if (view.kind !== 'valid') return this.#withoutView(view.kind);
    this.#fromJournals = null;
    if (!view.isOwnText) {
      return { executions: this.#correct(reading), trouble: null, repair: {} };
    }
    // An old file that somebody put there, or one that lost a write: the journals decide what of it is still true.
    const isBehind =
      view.revision < lastRevision ||
      this.#corrected?.reading === reading ||
      view.executions.some((execution) => this.#shown.isNewerThan(execution)) ||
      this.#hasGaps(view.executions);
    if (!isBehind) return { executions: view.executions, trouble: null, repair: null };
    const executions = joinExecutions(this.#shown.current, this.#correct(reading));
    return { executions, trouble: null, repair: { put: executions, isRebuild: true } };
  }

  #correct(reading: ViewReading): readonly Execution[] {
    if (reading.view.kind !== 'valid') return [];
    if (this.#corrected?.reading !== reading) {
      const { executions } = correctFromJournals(this.#folder, reading.view.executions);
      const known = readFromJournals(this.#folder, this.#keep);
      this.#corrected = { reading, executions: joinExecutions(executions, known) };
    }
    return this.#corrected.executions;
  }

  #withoutView(kind: 'missing' | 'empty' | 'bad'): Base {
    const nowMs = this.#clock.monotonicMs();
    if (this.#fromJournals === null || nowMs - this.#fromJournals.atMs > rereadMs) {
      const executions = readFromJournals(this.#folder, this.#keep);
      this.#fromJournals = { atMs: nowMs, executions };
    }
    const found = this.#fromJournals.executions;
    if (kind === 'missing') {
      return { executions: found, trouble: null, repair: found.length > 0 ? {} : null };
    }
    // Entries without a journal are only in what was shown before.
    const executions = joinExecutions(found, this.#shown.current);
    const trouble: StoreTrouble | null =
      kind === 'empty'
        ? null
        : {
            code: 'damaged',
            message: 'task-executions.json cannot be read and is rebuilt from the journals',
            hint: 'A copy is kept in the folder quarantine.',
          };
    return { executions, trouble, repair: { put: executions } };
  }

  /**
   * Once per reader: executions on disk that the view should have, or has from before a retry or resume; after a
   * restored file or a lost write.
   */
  #hasGaps(executions: readonly Execution[]): boolean {
    if (this.#isChecked) return false;
    this.#isChecked = true;
    const known = new Set(executions.map((execution) => execution.id));
    const over = executions.filter((execution) => isExecutionOver(execution.status));
    const oldest = over.at(-1)?.id ?? '';
    const newest = listExecutionIds(this.#folder, { after: oldest, limit: this.#keep });
    return (
      newest.some((id) => !known.has(id)) ||
      over.some(({ id, epoch }) => this.#folder.disk.exists(claimPath(this.#folder, id, epoch + 1)))
    );
  }

  #repairBehind(ahead: readonly Execution[]): ViewChange | null {
    if (ahead.length === 0) {
      this.#behindSinceMs = null;
      return null;
    }
    const nowMs = this.#clock.monotonicMs();
    this.#behindSinceMs ??= nowMs;
    if (nowMs - this.#behindSinceMs >= behindMs) return { put: ahead };
    // One that was killed between its record and the view will not write it any more.
    const left = ahead.filter(isLeft);
    return left.length > 0 ? { put: left } : null;
  }
}

/** Nearly each look at a folder finds records that the view lacks: a system call for each is all that may cost. */
function isLeft({ owner }: Execution): boolean {
  return owner !== null && !mayLive(owner) && judgeOwner(owner) === 'gone';
}

function damagedTrouble(ids: readonly string[]): StoreTrouble | null {
  const [first] = ids;
  if (first === undefined) return null;
  const more = ids.length > 1 ? ` and ${String(ids.length - 1)} more` : '';
  return {
    code: 'damaged',
    message: `the journal of execution ${first}${more} is damaged; it is shown as it was last seen`,
    hint: 'It cannot be resumed; run the agent again.',
  };
}

function lostTrouble(
  executions: readonly Execution[],
  ids: readonly string[],
): StoreTrouble | null {
  const lost = executions.filter(({ id }) => ids.includes(id));
  const [first] = lost;
  if (first === undefined) return null;
  const more = lost.length > 1 ? ` and ${String(lost.length - 1)} more` : '';
  return {
    code: 'lost',
    message: `the records of ${first.name}${more} were deleted or moved while it ran`,
    hint: lost.every(({ status }) => isExecutionOver(status))
      ? 'It cannot be resumed; run the agent again.'
      : 'What runs goes on, but its history and logs may be lost.',
  };
}

function readOnlyTrouble(folder: StateFolder): StoreTrouble | null {
  if (!folder.disk.exists(folder.root) || folder.disk.isWritable(folder.root)) return null;
  return {
    code: 'read-only',
    message: `${folder.root} cannot be written; executions are shown as they are`,
    hint: 'Check its permissions, or choose another state folder in the settings.',
  };
}
