/**
 * Which task starts when. Pure and incremental: it knows no clock, no process and no expression, and each task costs
 * a constant plus its needs, so 10,000 of them are no trouble.
 *
 *   blocked ──needs over──► deciding ──admit──► parked (its matrix is full) ─► ready ──slot──► active ──► over
 *      │                       └── its own condition says no ──► over               ▲           │
 *      └── a need failed, cancel, fail-fast ──► over                                └─ paused ◄─┘ (before a retry)
 */

import { Queue } from './queue.ts';

import type {
  EndCause,
  SchedulerAction,
  SchedulerGroup,
  SchedulerTask,
  StatusBefore,
  TaskEnd,
} from './schedule.ts';

type State = 'blocked' | 'deciding' | 'parked' | 'ready' | 'active' | 'paused' | 'over';

const failedBit = 1;
const cancelledBit = 2;
const skippedBit = 4;

interface Node {
  readonly spec: SchedulerTask;
  readonly dependants: number[];
  state: State;
  /** Needs that are not over; one more for a `finally` task before its time. */
  missing: number;
  /** What happened before it, to any of its direct or indirect needs. */
  before: number;
  /** What its own end means to those that need it. */
  own: number;
  /** The need that spoilt it. */
  blame: number;
  hasStarted: boolean;
}

interface Group extends SchedulerGroup {
  readonly members: number[];
  readonly parked: Queue;
  active: number;
}

/** See the top of the file. */
export class Scheduler {
  readonly #nodes: Node[];
  readonly #groups: Group[];
  readonly #failFast: boolean;
  readonly #actions: SchedulerAction[] = [];
  #nextAction = 0;
  readonly #ready = new Queue();
  #freeSlots: number;
  #mainLeft = 0;
  #finallyLeft = 0;
  #hasFailed = false;
  /** A task was cancelled: the execution ends as cancelled when nothing failed. */
  #hasCancelled = false;
  #hasFinallyBegun = false;
  readonly #settled: number[] = [];
  #isPropagating = false;
  #stop: 'none' | 'fail-fast' | 'cancel' | 'timeout' | 'kill' = 'none';
  #isCancelled = false;

  constructor(options: {
    readonly tasks: readonly SchedulerTask[];
    readonly groups: readonly SchedulerGroup[];
    readonly maxParallel: number;
    readonly failFast: boolean;
  }) {
    this.#failFast = options.failFast;
    this.#freeSlots = Math.max(1, options.maxParallel);
    this.#groups = options.groups.map((group) => ({
      ...group,
      members: [],
      parked: new Queue(),
      active: 0,
    }));
    this.#nodes = options.tasks.map((spec) => ({
      spec,
      dependants: [],
      state: 'blocked',
      missing: spec.needs.length + (spec.isFinally ? 1 : 0),
      before: 0,
      own: 0,
      blame: -1,
      hasStarted: false,
    }));
    for (const [task, node] of this.#nodes.entries()) {
      if (node.spec.isFinally) this.#finallyLeft += 1;
      else this.#mainLeft += 1;
      for (const need of node.spec.needs) this.#node(need).dependants.push(task);
      if (node.spec.group !== null) this.#groups[node.spec.group]?.members.push(task);
    }
    for (const [task, node] of this.#nodes.entries()) {
      // One that is kept may have unblocked it already.
      if (node.missing === 0 && node.state === 'blocked') this.#unblock(task);
    }
    if (this.#mainLeft === 0) this.#beginFinally();
  }

  /** True when no task is left, so no action comes any more. */
  get isOver(): boolean {
    return this.#mainLeft === 0 && this.#finallyLeft === 0;
  }

  /** True once the execution was told to stop: nothing is tried again then. */
  get isStopped(): boolean {
    return this.#stop !== 'none' && this.#stop !== 'fail-fast';
  }

  /** The next thing to do, or null when there is nothing until a task ends or `resume` is called. */
  next(): SchedulerAction | null {
    while (this.#nextAction < this.#actions.length) {
      const action = this.#actions[this.#nextAction];
      this.#nextAction += 1;
      if (this.#nextAction === this.#actions.length) {
        this.#actions.length = 0;
        this.#nextAction = 0;
      }
      if (action === undefined || this.#isStale(action)) continue;
      return action.type === 'decide' ? this.#decision(action.task) : action;
    }
    while (this.#freeSlots > 0) {
      const task = this.#ready.take();
      if (task === undefined) return null;
      if (this.#node(task).state !== 'ready') continue;
      this.#freeSlots -= 1;
      this.#activate(task);
      return { type: 'start', task };
    }
    return null;
  }

  /** The condition holds: the task starts as soon as its matrix and the slots allow. */
  admit(task: number): void {
    const node = this.#node(task);
    if (node.state !== 'deciding' && node.state !== 'paused') throw this.#wrong(task, 'admit');
    const group = this.#groupOf(node);
    if (group !== null && isFull(group)) {
      node.state = 'parked';
      group.parked.put(task);
      return;
    }
    if (group !== null) group.active += 1;
    node.state = 'ready';
    this.#line(task);
  }

  /** The running task waits for its next attempt and gives its slot to others. */
  pause(task: number): void {
    const node = this.#node(task);
    if (node.state !== 'active') throw this.#wrong(task, 'pause');
    this.#release(node);
    node.state = 'paused';
  }

  /** The wait before the next attempt is over: the task lines up for a slot. */
  resume(task: number): void {
    if (this.#node(task).state === 'paused') this.admit(task);
  }

  /** The task is over: it ran, or its condition said no or could not be evaluated. */
  end(task: number, status: TaskEnd): void {
    const node = this.#node(task);
    if (node.state !== 'active' && node.state !== 'deciding') throw this.#wrong(task, 'end');
    this.#settle(task, status);
  }

  /**
   * Stops what runs and what has not started, except `finally` tasks. After a person's cancel, tasks whose `if`
   * has a status function are still asked, as on GitHub; after the workflow's timeout they are not.
   */
  cancel(kind: 'cancel' | 'timeout'): void {
    if (this.#stop === 'cancel' || this.#stop === 'timeout' || this.#stop === 'kill') return;
    this.#stop = kind;
    this.#isCancelled = kind === 'cancel';
    for (const [task, node] of this.#nodes.entries()) {
      if (node.spec.isFinally || node.state === 'over') continue;
      const mayStillRun = kind === 'cancel' && node.spec.condition === 'status' && !node.hasStarted;
      if (!mayStillRun) this.#giveUp(task, 'cancelled', { kind });
      else if (node.state === 'ready' || node.state === 'parked') {
        this.#release(node);
        this.#ask(task);
      }
    }
  }

  /** Stops everything, `finally` tasks too; nothing starts any more. */
  kill(): void {
    if (this.#stop === 'kill') return;
    this.#stop = 'kill';
    for (const [task, node] of this.#nodes.entries()) {
      if (node.state !== 'over') this.#giveUp(task, 'cancelled', { kind: 'kill' });
    }
  }

  #node(task: number): Node {
    const node = this.#nodes[task];
    if (node === undefined) throw new Error(`the scheduler has no task ${String(task)}`);
    return node;
  }

  #groupOf(node: Node): Group | null {
    return node.spec.group === null ? null : (this.#groups[node.spec.group] ?? null);
  }

  #wrong(task: number, what: string): Error {
    return new Error(`${what} of task ${String(task)}, which is ${this.#node(task).state}`);
  }

  /** An action that was queued before a cancel made it meaningless. */
  #isStale(action: SchedulerAction): boolean {
    const { state } = this.#node(action.task);
    if (action.type === 'decide') return state !== 'deciding';
    if (action.type === 'stop') return state !== 'active';
    return action.type === 'start' && state !== 'active';
  }

  #activate(task: number): void {
    const node = this.#node(task);
    node.state = 'active';
    node.hasStarted = true;
  }

  /** Lines a task up for a slot; what needs none starts at once. */
  #line(task: number): void {
    if (this.#node(task).spec.takesSlot) {
      this.#ready.put(task);
      return;
    }
    this.#activate(task);
    this.#actions.push({ type: 'start', task });
  }

  /** Gives back the slot and the place in the matrix of a task that is ready or active. */
  #release(node: Node): void {
    if (node.state === 'active' && node.spec.takesSlot) this.#freeSlots += 1;
    if (node.state !== 'active' && node.state !== 'ready') return;
    const group = this.#groupOf(node);
    if (group === null) return;
    group.active -= 1;
    if (isFull(group)) return;
    for (let task = group.parked.take(); task !== undefined; task = group.parked.take()) {
      const parked = this.#node(task);
      if (parked.state !== 'parked') continue;
      // Handed over at once, so that a newcomer cannot take the place in between.
      group.active += 1;
      parked.state = 'ready';
      this.#line(task);
      return;
    }
  }

  #unblock(task: number): void {
    const { spec, before, blame } = this.#node(task);
    if (spec.kept !== null) this.#settle(task, spec.kept);
    else if (this.#stop === 'kill') this.#giveUp(task, 'cancelled', { kind: 'kill' });
    else if (before !== 0 && spec.condition !== 'status') {
      this.#giveUp(task, 'skipped', { kind: 'need', need: blame });
    } else if (spec.condition === 'none') {
      this.#node(task).state = 'deciding';
      this.admit(task);
    } else this.#ask(task);
  }

  #ask(task: number): void {
    const node = this.#node(task);
    node.state = 'deciding';
    this.#actions.push({ type: 'decide', task, before: 'success' });
  }

  /** With what is true now: a cancel may have come since the question was put. */
  #decision(task: number): SchedulerAction {
    return { type: 'decide', task, before: this.#statusBefore(this.#node(task)) };
  }

  #statusBefore(node: Node): StatusBefore {
    const { spec, before } = node;
    if (!spec.isFinally) {
      if (this.#isCancelled) return 'cancelled';
    } else if (spec.condition === 'status') {
      // A `finally` task that asks is told about the whole execution.
      if (this.#isCancelled) return 'cancelled';
      if (this.#hasFailed || this.#stop === 'timeout') return 'failure';
      if (this.#hasCancelled) return 'cancelled';
    }
    if ((before & failedBit) !== 0) return 'failure';
    return before === 0 ? 'success' : 'skipped';
  }

  /** Ends what has not started or waits; tells what runs to stop. */
  #giveUp(task: number, status: 'skipped' | 'cancelled', cause: EndCause): void {
    const node = this.#node(task);
    if (node.state === 'over') return;
    if (node.state === 'active') {
      this.#actions.push({ type: 'stop', task, cause });
      return;
    }
    this.#actions.push({ type: 'drop', task, status, cause });
    this.#settle(task, status);
  }

  #settle(task: number, status: TaskEnd): void {
    const node = this.#node(task);
    this.#release(node);
    node.state = 'over';
    node.own = bitOf(status, node.spec.continueOnError);
    if (node.spec.isFinally) this.#finallyLeft -= 1;
    else this.#mainLeft -= 1;
    if (node.own === cancelledBit && !node.spec.isFinally) this.#hasCancelled = true;
    if (node.own === failedBit) {
      // Those that tidy up are told of the tasks before them, not of each other by chance of order.
      if (!node.spec.isFinally) this.#hasFailed = true;
      this.#failOthers(task, node);
    }
    this.#settled.push(task);
    if (!this.#isPropagating) this.#propagate();
  }

  /** A loop and a list, not a recursion: a skipped chain may be thousands of tasks long. */
  #propagate(): void {
    this.#isPropagating = true;
    for (let task = this.#settled.pop(); task !== undefined; task = this.#settled.pop()) {
      const node = this.#node(task);
      const after = node.before | node.own;
      for (const dependant of node.dependants) {
        const next = this.#node(dependant);
        if (next.state !== 'blocked') continue;
        if (after !== 0 && next.blame === -1) next.blame = node.own === 0 ? node.blame : task;
        next.before |= after;
        next.missing -= 1;
        if (next.missing === 0) this.#unblock(dependant);
      }
      if (!node.spec.isFinally && this.#mainLeft === 0) this.#beginFinally();
    }
    this.#isPropagating = false;
  }

  /** Fail-fast, of the matrix and of the workflow. A result kept from an earlier attempt stops nobody. */
  #failOthers(failed: number, node: Node): void {
    if (node.spec.kept !== null) return;
    const group = this.#groupOf(node);
    if (group?.failFast === true) {
      for (const member of group.members) {
        this.#giveUp(member, 'cancelled', { kind: 'matrix-fail-fast', failed });
      }
    }
    if (!this.#failFast || this.#stop !== 'none' || node.spec.isFinally) return;
    this.#stop = 'fail-fast';
    for (const [task, other] of this.#nodes.entries()) {
      if (other.spec.isFinally || other.hasStarted || other.spec.kept !== null) continue;
      this.#giveUp(task, 'skipped', { kind: 'fail-fast', failed });
    }
  }

  #beginFinally(): void {
    if (this.#hasFinallyBegun) return;
    this.#hasFinallyBegun = true;
    for (const [task, node] of this.#nodes.entries()) {
      if (!node.spec.isFinally || node.state !== 'blocked') continue;
      node.missing -= 1;
      if (node.missing === 0) this.#unblock(task);
    }
  }
}

function isFull(group: Group): boolean {
  return group.maxParallel !== null && group.active >= group.maxParallel;
}

function bitOf(status: TaskEnd, continueOnError: boolean): number {
  if (status === 'succeeded' || (status === 'failed' && continueOnError)) return 0;
  if (status === 'failed') return failedBit;
  return status === 'skipped' ? skippedBit : cancelledBit;
}
