/** Finds what does not move: gathers facts about running tasks every few seconds and keeps the verdicts current. */
import { Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { silentLog, systemClock, type Clock, type Log } from '../ports.ts';
import { beatPath, logPath, type StateFolder } from '../store/state-folder.ts';
import type { StateFollower } from '../store/state-follower.ts';
import { signatureOf } from '../store/write-file.ts';
import { readTreeCpu, type TreeCpu } from './cpu-time.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { Observations } from './observations.ts';
import { currentOwner, isProcessAlive } from './owner.ts';
import {
  defaultStuckAfterMs,
  judgeStuck,
  type StuckFacts,
  type TaskFacts,
  type TaskHistory,
} from './judge-stuck.ts';
import { PastRuns } from './past-runs.ts';
import { taskHistories } from './task-history.ts';

export { judgeStuck, type StuckFacts, type TaskFacts } from './judge-stuck.ts';

/** What a watch needs. */
export interface StuckWatchOptions {
  readonly folder: StateFolder;
  readonly follower: Pick<StateFollower, 'snapshot' | 'onDidChange'>;
  readonly clock?: Clock;
  readonly log?: Log;
  /** For tasks that say nothing of their own; default 120000. */
  readonly stuckAfterMs?: number;
  /** Executions of an agent that the follower does not show any more; asked seldom, and only when something is silent. */
  readonly past?: (agent: string) => Promise<readonly HistoryEntry[]>;
}

const tickMs = 2000;
/** A timer that is later than this was not late: the machine slept. */
const sleepGapMs = 3000;
/** CPU below this per tick (1 %) is what an idle process uses to look whether there is something to do. */
const idleSeconds = 0.02;
/** How often growing evidence is told when nothing else changes. */
const retellMs = 10_000;

/** Watches the running tasks of a follower's executions. */
export class StuckWatch implements Disposable {
  readonly #folder: StateFolder;
  readonly #follower: StuckWatchOptions['follower'];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stuckAfterMs: number;
  readonly #past: PastRuns;
  readonly #didChange = new Emitter<readonly StuckVerdict[]>();
  readonly #unchanged = new Observations();
  /** The last CPU reading of a task, and a number that grows with each activity. */
  readonly #cpu = new Map<string, { readonly cpu: TreeCpu; readonly activity: number }>();
  readonly #subscription: Disposable;
  #verdicts: readonly StuckVerdict[] = [];
  #timer: Disposable | null = null;
  #isLooking = false;
  #isDisposed = false;
  #expectedMs: number | null = null;
  #toldAtMs = 0;

  constructor(options: StuckWatchOptions) {
    this.#folder = options.folder;
    this.#follower = options.follower;
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log ?? silentLog;
    this.#stuckAfterMs = options.stuckAfterMs ?? defaultStuckAfterMs;
    this.#past = new PastRuns(options.past ?? (() => Promise.resolve([])), this.#log);
    this.#subscription = this.#follower.onDidChange(() => {
      this.#start();
    });
    this.#start();
  }

  /** What stands now. */
  get verdicts(): readonly StuckVerdict[] {
    return this.#verdicts;
  }

  /** When a verdict comes or goes, and now and then while one stands, since its evidence grows. */
  get onDidChange(): Event<readonly StuckVerdict[]> {
    return this.#didChange.event;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#subscription.dispose();
    this.#didChange.dispose();
  }

  /** Looks at once when something became active, or nothing is any more. */
  #start(): void {
    if (this.#isDisposed || this.#timer !== null || this.#isLooking) return;
    if (this.#active().length === 0 && this.#verdicts.length === 0) return;
    this.#expectedMs = null;
    void this.#tick();
  }

  #active(): readonly Execution[] {
    return this.#follower.snapshot.executions.filter(
      (execution) => !isExecutionOver(execution.status),
    );
  }

  async #tick(): Promise<void> {
    this.#timer = null;
    this.#isLooking = true;
    const nowMs = this.#clock.monotonicMs();
    if (this.#expectedMs !== null && nowMs - this.#expectedMs > sleepGapMs) this.#unchanged.clear();
    try {
      await this.#look(nowMs);
    } catch (error) {
      this.#log.warn(`stuck tasks could not be looked for: ${messageOf(error)}`);
    }
    this.#isLooking = false;
    this.#next();
  }

  #next(): void {
    if (this.#isDisposed || this.#active().length === 0) return;
    this.#expectedMs = this.#clock.monotonicMs() + tickMs;
    this.#timer = this.#clock.after(tickMs, () => {
      void this.#tick();
    });
  }

  async #look(nowMs: number): Promise<void> {
    const active = this.#active();
    const self = currentOwner();
    const isLocal = ({ owner }: Execution): boolean =>
      owner?.host === self.host &&
      owner.boot === self.boot &&
      owner.pidNamespace === self.pidNamespace;
    const pids = active
      .filter(isLocal)
      .flatMap((execution) => execution.tasks.filter(isObserved).map(pidOf))
      .filter((pid) => pid !== null);
    const cpu = pids.length === 0 ? null : await readTreeCpu(pids);
    const keys = new Set<string>();
    const observe = (key: string, value: string): number => {
      keys.add(key);
      return this.#unchanged.observe(key, value, nowMs);
    };
    const all = this.#follower.snapshot.executions;
    const verdicts = active.flatMap((execution) => {
      const tasks = new Map<string, TaskFacts>();
      for (const task of execution.tasks.filter(isObserved)) {
        const key = `${execution.id} ${task.id} ${String(task.attempt)}`;
        const local = isLocal(execution);
        tasks.set(task.id, this.#taskFacts(key, task, local ? cpu : null, local, observe));
      }
      const isCancelling = execution.status === 'cancelling';
      const facts: StuckFacts = {
        wallMs: this.#clock.wallMs(),
        stuckAfterMs: this.#stuckAfterMs,
        tasks,
        history: hasSilence(tasks)
          ? taskHistories(execution, all, this.#past.of(execution.agent, nowMs))
          : none,
        ownerSilentMs: this.#ownerSilentMs(execution, observe),
        cancellingMs: isCancelling ? observe(`${execution.id} cancelling`, 'yes') : null,
      };
      return judgeStuck(execution, facts);
    });
    this.#unchanged.keepOnly(keys);
    for (const key of this.#cpu.keys()) if (!keys.has(`${key} cpu`)) this.#cpu.delete(key);
    this.#tell(verdicts, nowMs);
  }

  #taskFacts(
    key: string,
    task: TaskExecution,
    cpu: ReadonlyMap<number, TreeCpu> | null,
    isLocal: boolean,
    observe: (key: string, value: string) => number,
  ): TaskFacts {
    const attempt = task.attempts.at(-1);
    const pid = pidOf(task);
    const log =
      attempt === undefined
        ? null
        : signatureOf(this.#folder.disk, logPath(this.#folder, attempt.log));
    const silentMs = observe(`${key} log`, `${log ?? ''} ${task.lastOutputAt ?? ''}`);
    let idleMs: number | null = null;
    if (pid !== null && cpu !== null) {
      // `gone` is idle too, and a process that comes back is not.
      idleMs = observe(
        `${key} cpu`,
        this.#activity(key, cpu.get(pid) ?? { seconds: 0, pids: 'gone' }),
      );
    }
    const isCancelling = task.status === 'cancelling';
    const canTell = isLocal && process.platform !== 'win32' && pid !== null;
    return {
      silentMs,
      idleMs,
      pid,
      isProcessAlive: canTell ? isProcessAlive(pid, attempt?.processStartTime ?? null) : null,
      cancellingMs: isCancelling ? observe(`${key} cancelling`, 'yes') : null,
    };
  }

  /** Stays the same while the processes are idle. */
  #activity(key: string, cpu: TreeCpu): string {
    const before = this.#cpu.get(key);
    // Compared with the last tick, not the last activity: else slow use would add up.
    const isIdle =
      before?.cpu.pids === cpu.pids && Math.abs(cpu.seconds - before.cpu.seconds) < idleSeconds;
    const activity = (before?.activity ?? 0) + (isIdle ? 0 : 1);
    this.#cpu.set(key, { cpu, activity });
    return String(activity);
  }

  #ownerSilentMs(
    execution: Execution,
    observe: (key: string, value: string) => number,
  ): number | null {
    const beat = signatureOf(this.#folder.disk, beatPath(this.#folder, execution.id));
    return beat === null
      ? null
      : observe(`${execution.id} beat`, `${String(execution.epoch)} ${beat}`);
  }

  #tell(verdicts: readonly StuckVerdict[], nowMs: number): void {
    if (this.#isDisposed) return;
    const before = new Map(this.#verdicts.map((verdict) => [keyOf(verdict), verdict]));
    this.#verdicts = verdicts.map((verdict) => {
      const since = before.get(keyOf(verdict))?.since ?? verdict.since;
      return { ...verdict, since };
    });
    const isSameSet =
      before.size === verdicts.length && verdicts.every((verdict) => before.has(keyOf(verdict)));
    const isDue = verdicts.length > 0 && nowMs - this.#toldAtMs >= retellMs;
    if (isSameSet && !isDue) return;
    this.#toldAtMs = nowMs;
    this.#didChange.fire(this.#verdicts);
  }
}

const none: ReadonlyMap<string, TaskHistory> = new Map();

/** The history is only asked for where it may matter. */
function hasSilence(tasks: ReadonlyMap<string, TaskFacts>): boolean {
  return [...tasks.values()].some((task) => task.silentMs >= 5000);
}

function isObserved(task: TaskExecution): boolean {
  return task.status === 'running' || task.status === 'cancelling';
}

function pidOf(task: TaskExecution): number | null {
  return task.attempts.at(-1)?.pid ?? null;
}

function keyOf(verdict: StuckVerdict): string {
  return JSON.stringify([verdict.kind, verdict.execution, verdict.task]);
}
