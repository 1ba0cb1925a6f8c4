import type { Disposable } from '../../model/disposable.ts';
import { formatDuration } from '../../model/duration.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Approval, Timestamp } from '../../model/execution.ts';
import { messageOf, unreachable } from '../../model/result.ts';
import type { FailureReason } from '../../model/status.ts';
import { evaluateCondition, evaluateTemplate } from '../expressions/evaluate.ts';
import { describeCause, type BadTask } from './judge-end.ts';
import { maskText } from './mask-secrets.ts';
import { planAttempt } from './plan-attempt.ts';
import { mayRetry, retryDelayMs } from './retry-delay.ts';
import type { EndCause, SchedulerAction, StatusBefore } from './schedule.ts';
import type { TaskConductorOptions, TaskMessage } from './task-conductor-options.ts';
import {
  failedEnd,
  stoppedEnd,
  type AttemptEnd,
  type AttemptPlan,
  type HeldAttempt,
  type StopCause,
} from './task-kinds/attempt.ts';
import { holdAttempt, startAttempt } from './task-kinds/start-attempt.ts';
import {
  createTaskRuns,
  endWithout,
  logOf,
  taskFinished,
  type TaskFinish,
  type TaskRun,
} from './task-run.ts';

/**
 * Carries out what the scheduler says, task by task: asks conditions, starts attempts, stops them, retries, and
 * records each step. Works only inside a turn of the executor, which commits what was recorded at the end of it.
 */
export class TaskConductor implements Disposable {
  /** Tasks that failed and count, in the order they ended. */
  readonly failed: BadTask[] = [];
  /** Tasks that were cancelled, in the order they ended. */
  readonly cancelled: BadTask[] = [];
  /** Without the execution, whose tasks would be kept as they were before anything ran. */
  readonly #options: Omit<TaskConductorOptions, 'execution'>;
  readonly #runs: readonly TaskRun[];
  readonly #active = new Set<TaskRun>();
  readonly #waiting = new Set<TaskRun>();
  readonly #retrying = new Set<TaskRun>();

  constructor(options: TaskConductorOptions) {
    const { execution, ...rest } = options;
    this.#options = rest;
    const { tasks } = execution;
    this.#runs = createTaskRuns(tasks, options.specs, options.children);
    for (const run of this.#runs) {
      const task = tasks[run.index];
      if (task === undefined || run.phase !== 'over') continue;
      this.#remember(run, { ...task, status: task.status as TaskFinish['status'], signal: null });
    }
  }

  /** Attempts that run now. */
  get active(): ReadonlySet<TaskRun> {
    return this.#active;
  }

  /** True when persons are all it waits for. */
  get isWaitingOnly(): boolean {
    return this.#waiting.size > 0 && this.#active.size === 0 && this.#retrying.size === 0;
  }

  /** Does one thing the scheduler says. */
  carryOut(action: SchedulerAction): void {
    const run = this.#run(action.task);
    switch (action.type) {
      case 'decide':
        this.#decide(run, action.before);
        break;
      case 'start':
        if (run.spec.action.kind === 'approval') this.#ask(run, run.spec.action.message);
        else this.#start(run);
        break;
      case 'drop':
        this.#finish(run, endWithout(action.status, this.#describe(action.cause)));
        break;
      case 'stop':
        this.#stop(run, action.cause);
        break;
      default:
        unreachable(action);
    }
  }

  /** Takes in what happened since the last turn. */
  handle(message: TaskMessage): void {
    const { run } = message;
    switch (message.type) {
      case 'attempt-ended':
        if (run.phase === 'running' && run.attempt === message.attempt) {
          this.#attemptEnded(run, message.end);
        }
        break;
      case 'retry-due':
        if (run.phase !== 'retrying') break;
        this.#options.scheduler.resume(run.index);
        break;
      case 'task-timeout':
        if (run.attempt === message.attempt) this.#timedOut(run);
        break;
      case 'child-started':
        run.child = message.child;
        this.#record({
          type: 'task-child-started',
          at: this.#now(),
          task: run.id,
          child: message.child,
        });
        break;
      default:
        unreachable(message);
    }
  }

  /** A person decided. False when no such task waits; `task` null is the only one that does. */
  answer(task: string | null, decision: Approval['decision'], by: string): boolean {
    const asked = [...this.#waiting].filter((run) => task === null || run.id === task);
    const [run] = asked;
    if (run === undefined || asked.length > 1) return false;
    const at = this.#now();
    this.#record({ type: 'task-approved', at, task: run.id, approval: { decision, by, at } });
    this.#end(
      run,
      decision === 'approved'
        ? endWithout('succeeded', `approved by ${by}`)
        : failedEnd('rejected', `rejected by ${by}`),
    );
    return true;
  }

  /** Stops all processes now, without a record: for a disk that takes none. They end as what the record will say. */
  stopUnrecorded(cause: StopCause): void {
    for (const run of this.#active) {
      run.stop ??= cause;
      run.handle?.stop(cause);
    }
  }

  /** Kills everything and lets go. */
  dispose(): void {
    for (const run of this.#runs) {
      run.timer?.dispose();
      run.handle?.dispose();
    }
    this.#active.clear();
    this.#waiting.clear();
    this.#retrying.clear();
  }

  #run(index: number): TaskRun {
    const run = this.#runs[index];
    if (run === undefined) throw new Error(`there is no task ${String(index)}`);
    return run;
  }

  #now(): Timestamp {
    return new Date(this.#options.surroundings.clock.wallMs()).toISOString();
  }

  #record(event: ExecutionEvent): void {
    this.#options.steps.record(event);
  }

  #describe(cause: EndCause): string {
    return describeCause(cause, (index) => {
      const run = this.#run(index);
      return { id: run.id, status: this.#options.facts.statusOf(run.id) ?? 'pending' };
    });
  }

  #decide(run: TaskRun, before: StatusBefore): void {
    const scope = this.#options.facts.scope({ matrix: run.matrix, status: before });
    const holds = evaluateCondition(run.spec.condition, scope);
    if (!holds.ok) {
      this.#end(run, failedEnd('expression', holds.error.message));
    } else if (holds.value) this.#options.scheduler.admit(run.index);
    else if (before === 'cancelled') {
      this.#end(run, endWithout('cancelled', 'the execution was cancelled'));
    } else
      this.#end(run, endWithout('skipped', `its condition is false: ${run.spec.condition ?? ''}`));
  }

  #ask(run: TaskRun, message: string): void {
    const question = evaluateTemplate(message, this.#options.facts.scope({ matrix: run.matrix }));
    if (!question.ok) {
      this.#end(run, failedEnd('expression', question.error.message));
      return;
    }
    const { surroundings } = this.#options;
    run.attempt += 1;
    run.phase = 'waiting';
    this.#waiting.add(run);
    this.#record({
      type: 'task-waiting',
      at: this.#now(),
      task: run.id,
      attempt: run.attempt,
      log: logOf(surroundings.executionId, run),
      question: maskText(question.value, surroundings.secretWords),
    });
    this.#options.steps.then(() => {
      this.#limit(run);
    });
  }

  #start(run: TaskRun): void {
    const { executionId } = this.#options.surroundings;
    const log = logOf(executionId, { id: run.id, attempt: run.attempt + 1 });
    this.#retrying.delete(run);
    run.attempt += 1;
    run.phase = 'running';
    run.isCancelling = false;
    run.stop = null;
    run.stopNote = null;
    run.logFile = this.#options.absoluteLog(log);
    run.logSize = 0;
    this.#active.add(run);
    this.#record({
      type: 'task-started',
      at: this.#now(),
      task: run.id,
      attempt: run.attempt,
      log,
    });
    const plan = planAttempt(run, this.#options);
    const held = holdAttempt(plan);
    if (held === null) {
      this.#options.steps.then(() => {
        this.#launch(run, plan);
      });
    } else this.#letGoOnceRecorded(run, plan, held);
  }

  #letGoOnceRecorded(run: TaskRun, plan: AttemptPlan, held: HeldAttempt): void {
    const { steps } = this.#options;
    run.handle = held;
    const giveUp = (): void => {
      run.handle = null;
      held.dispose();
      steps.then(() => {
        this.#launch(run, plan);
      });
    };
    steps.atOnce(() => {
      if (run.stop !== null) giveUp();
      else {
        held.letGo();
        this.#limit(run);
      }
    }, giveUp);
  }

  /** The record of the start is durable: now the process may be the task. */
  #launch(run: TaskRun, plan: AttemptPlan): void {
    const { onEnd } = plan;
    if (run.stop !== null) {
      onEnd(stoppedEnd(run.stop, { timeoutMs: run.spec.timeoutMs }));
      return;
    }
    try {
      const started = startAttempt(plan);
      if (started.ok) {
        run.handle = started.value;
        this.#limit(run);
      } else onEnd(failedEnd(started.error.code as FailureReason, started.error.message));
    } catch (error) {
      onEnd(failedEnd('internal', `could not be started: ${messageOf(error)}`));
    }
  }

  /** Starts the clock of an attempt that runs or waits. */
  #limit(run: TaskRun): void {
    const { action, timeoutMs } = run.spec;
    const limitMs = action.kind === 'approval' ? action.timeoutMs : timeoutMs;
    if (limitMs === null || run.phase === 'over') return;
    const { attempt } = run;
    run.timer = this.#options.surroundings.clock.after(limitMs, () => {
      this.#options.post({ type: 'task-timeout', run, attempt });
    });
  }

  #timedOut(run: TaskRun): void {
    if (run.phase === 'waiting') {
      const limitMs = run.spec.action.kind === 'approval' ? (run.spec.action.timeoutMs ?? 0) : 0;
      this.#end(run, failedEnd('timeout', `nobody answered within ${formatDuration(limitMs)}`));
    } else if (run.phase === 'running' && run.stop === null) {
      run.stop = 'timeout';
      this.#options.steps.then(() => run.handle?.stop('timeout'));
    }
  }

  #stop(run: TaskRun, cause: EndCause): void {
    if (run.phase === 'waiting') {
      this.#end(run, endWithout('cancelled', this.#describe(cause)));
      return;
    }
    if (run.phase !== 'running') return;
    const how: StopCause = cause.kind === 'kill' ? 'kill' : 'cancel';
    if (!run.isCancelling) {
      run.isCancelling = true;
      this.#record({ type: 'task-cancelling', at: this.#now(), task: run.id });
    }
    if (run.stop === null) {
      run.stop = how;
      run.stopNote = `stopped: ${this.#describe(cause)}`;
    }
    this.#options.steps.then(() => run.handle?.stop(how));
  }

  #attemptEnded(run: TaskRun, end: AttemptEnd): void {
    const { retry } = run.spec;
    const { scheduler, random } = this.#options;
    const count = run.attempt - run.attemptsBefore;
    if (run.isCancelling && end.status === 'failed' && run.stop !== 'timeout') {
      // It was told to stop while it could not be started.
      this.#end(run, { ...end, status: 'cancelled', reason: null });
      return;
    }
    const isFinal =
      run.isCancelling || end.status !== 'failed' || end.reason === null || scheduler.isStopped;
    if (isFinal || !mayRetry(retry, count, { reason: end.reason, exitCode: end.exitCode })) {
      const isStopped = end.status === 'cancelled' && run.stopNote !== null;
      this.#end(run, isStopped ? { ...end, message: run.stopNote } : end);
      return;
    }
    const delayMs = retryDelayMs(retry, count, random);
    this.#active.delete(run);
    this.#retrying.add(run);
    run.handle = null;
    run.timer?.dispose();
    run.phase = 'retrying';
    scheduler.pause(run.index);
    // Read once: between two readings a millisecond may pass, and the wait would be told as 999 ms.
    const nowMs = this.#options.surroundings.clock.wallMs();
    this.#record({
      type: 'task-retrying',
      at: new Date(nowMs).toISOString(),
      task: run.id,
      attempt: run.attempt,
      reason: end.reason,
      message: this.#masked(end.message ?? 'failed'),
      exitCode: end.exitCode,
      signal: end.signal,
      nextAttemptAt: new Date(nowMs + delayMs).toISOString(),
    });
    this.#options.steps.then(() => {
      if (run.phase !== 'retrying') return;
      run.timer = this.#options.surroundings.clock.after(delayMs, () => {
        this.#options.post({ type: 'retry-due', run });
      });
    });
  }

  /** The end of a task that the scheduler does not know of yet. */
  #end(run: TaskRun, end: TaskFinish): void {
    this.#finish(run, end);
    this.#options.scheduler.end(run.index, end.status);
  }

  #finish(run: TaskRun, end: TaskFinish): void {
    run.timer?.dispose();
    run.timer = null;
    run.handle = null;
    run.phase = 'over';
    this.#active.delete(run);
    this.#waiting.delete(run);
    this.#retrying.delete(run);
    const masked = { ...end, message: end.message === null ? null : this.#masked(end.message) };
    this.#remember(run, masked);
    this.#record(taskFinished(run, this.#now(), masked));
  }

  #masked(message: string): string {
    return maskText(message, this.#options.surroundings.secretWords);
  }

  #remember(run: TaskRun, end: TaskFinish): void {
    const { status, outputs, exitCode, reason, message } = end;
    const { attempt } = run;
    this.#options.facts.record(run.id, run.group, { status, outputs, exitCode, attempt });
    const bad: BadTask = { id: run.id, isFinally: run.spec.isFinally, reason, message };
    if (status === 'failed' && !run.spec.continueOnError) this.failed.push(bad);
    if (status === 'cancelled') this.cancelled.push(bad);
  }
}
