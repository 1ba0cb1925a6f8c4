import { DisposableStore, Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import type { Execution, Timestamp } from '../../model/execution.ts';
import { messageOf, unreachable, type Failure } from '../../model/result.ts';
import type { TaskSpec, Workflow } from '../../model/workflow.ts';
import { startBeat } from '../liveness/beat.ts';
import type { Log } from '../ports.ts';
import { watchInbox } from '../store/inbox.ts';
import type { OwnedExecution } from '../store/owned-execution.ts';
import { logPath } from '../store/state-folder.ts';
import type { ViewPublisher } from '../store/view-publisher.ts';
import type { ConcurrencyGate } from './concurrency-gate.ts';
import { DurableSteps } from './durable-steps.ts';
import type { ExecutionChange, RunningExecution } from './engine-options.ts';
import { evaluateOutputs } from './evaluate-outputs.ts';
import { isStop, stopsFirst, type ExecutorMessage, type RequestMade } from './executor-message.ts';
import type { ExecutionFacts } from './execution-facts.ts';
import {
  executionFinished,
  failedExecution,
  judgeEnd,
  type ExecutionEnd,
  type StopReason,
} from './judge-end.ts';
import type { Scheduler } from './scheduler.ts';
import { TaskConductor } from './task-conductor.ts';
import type { Surroundings } from './task-kinds/attempt.ts';
import { createScheduler } from './task-run.ts';
import { removeEmptyFolders } from './task-kinds/attempt-files.ts';
import { watchLogs } from './watch-logs.ts';

/** How often a queued execution asks whether its concurrency group is free. */
const askGateEveryMs = 500;

/** What an executor needs. */
export interface AgentExecutorOptions {
  readonly owned: OwnedExecution;
  readonly workflow: Workflow;
  /** In the order of the execution's tasks. */
  readonly specs: readonly TaskSpec[];
  readonly facts: ExecutionFacts;
  readonly surroundings: Surroundings;
  readonly publisher: ViewPublisher;
  readonly log: Log;
  /** How many tasks run at the same time. */
  readonly maxParallel: number;
  /** Null without a concurrency group. */
  readonly gate: ConcurrencyGate | null;
  /** Children of earlier attempts, by task. */
  readonly children?: ReadonlyMap<string, string>;
  readonly random?: () => number;
}

/**
 * Runs one execution to its end. Everything that happens becomes a message; a turn takes all messages that are there,
 * asks the scheduler what follows, makes all of it durable in one write, and only then lets it take effect.
 */
export class AgentExecutor implements RunningExecution {
  readonly finished: Promise<Execution>;
  readonly #options: AgentExecutorOptions;
  readonly #scheduler: Scheduler;
  readonly #conductor: TaskConductor;
  readonly #steps: DurableSteps;
  readonly #changed = new Emitter<ExecutionChange>();
  readonly #held = new DisposableStore();
  readonly #messages: ExecutorMessage[] = [];
  readonly #notes: Parameters<OwnedExecution['note']>[0][number][] = [];
  #isTurnDue = false;
  #phase: 'pending' | 'queued' | 'running' | 'waiting' | 'ending' | 'over' = 'pending';
  #isCancelling = false;
  #gateTimer: Disposable | null = null;
  #stop: StopReason | null = null;
  #resolve: (execution: Execution) => void = () => undefined;

  constructor(options: AgentExecutorOptions) {
    this.#options = options;
    const { owned, surroundings, log, publisher } = options;
    const { clock } = surroundings;
    this.#held.add(surroundings.starter);
    this.finished = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#steps = new DurableSteps({
      owned,
      clock,
      log,
      onLost: (failure) => {
        this.#lost(failure);
      },
      onResumed: () => {
        this.#schedule();
      },
    });
    this.#scheduler = createScheduler({
      tasks: owned.state.tasks,
      specs: options.specs,
      maxParallel: options.maxParallel,
      failFast: options.workflow.failFast,
    });
    this.#conductor = new TaskConductor({
      execution: owned.state,
      specs: options.specs,
      children: options.children ?? new Map(),
      scheduler: this.#scheduler,
      steps: this.#steps,
      facts: options.facts,
      surroundings,
      absoluteLog: (path) => logPath(owned.folder, path),
      random: options.random ?? Math.random,
      post: (message) => {
        this.#post(message);
      },
      note: (event) => {
        this.#notes.push(event);
        this.#schedule();
      },
    });
    this.#held.add(
      owned.onDidCommit((change) => {
        publisher.publish(change.execution);
        this.#tell(change);
      }),
    );
    const onFolderGone = (): void => {
      publisher.refresh();
    };
    this.#held.add(startBeat(owned.folder, owned.id, { clock, onFolderGone }));
    this.#held.add(
      watchInbox(
        owned.folder,
        owned.id,
        (request) => {
          this.#post({ type: 'request', request });
        },
        { clock, log },
      ),
    );
    this.#post({ type: 'begin' });
  }

  get id(): string {
    return this.#options.owned.id;
  }

  get execution(): Execution {
    return this.#options.owned.state;
  }

  get #isBegun(): boolean {
    return this.#phase !== 'pending' && this.#phase !== 'queued';
  }

  get onEvent(): Event<ExecutionChange> {
    return this.#changed.event;
  }

  cancel(by: string): void {
    if (this.#phase === 'over') return;
    this.#post({ type: 'request', request: { type: 'cancel', task: null, by } });
  }

  dispose(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#conductor.dispose();
    this.#letGo();
    this.#resolve(this.execution);
  }

  #post(message: ExecutorMessage): void {
    if (this.#phase === 'over') return;
    this.#messages.push(message);
    if (this.#steps.isSuspended && isStop(message)) {
      // Without a disk nothing can be recorded, but what a person wants stopped must not go on for that.
      this.#conductor.stopUnrecorded(message.request.type === 'kill' ? 'kill' : 'cancel');
    }
    this.#schedule();
  }

  /** After what is ready in this round of the event loop, so that things that end together are recorded together. */
  #schedule(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    setImmediate(() => {
      this.#isTurnDue = false;
      if (this.#phase === 'over' || this.#steps.isSuspended) return;
      try {
        this.#turn();
      } catch (error) {
        this.#lost({ code: 'internal', message: messageOf(error) });
      }
    });
  }

  #turn(): void {
    const messages = this.#messages.splice(0);
    // In the record of what follows: the end of a process may come with its start.
    if (messages.length > 0) for (const note of this.#notes.splice(0)) this.#steps.record(note);
    for (const message of this.#isBegun ? messages : stopsFirst(messages)) this.#handle(message);
    if (this.#phase === 'running' || this.#phase === 'waiting') this.#advance();
    this.#steps.commit();
    if (this.#notes.length === 0 || this.#steps.isSuspended) return;
    const notes = this.#notes.splice(0);
    // A note that is lost is no loss; trouble with the disk shows at the next commit.
    if (!this.#options.owned.isFenced) this.#options.owned.note(notes);
  }

  #handle(message: ExecutorMessage): void {
    if (this.#phase === 'ending' || this.#phase === 'over') return;
    switch (message.type) {
      case 'begin':
        this.#begin();
        break;
      case 'workflow-timeout':
        this.#timedOut();
        break;
      case 'request':
        this.#obey(message.request);
        break;
      case 'attempt-ended':
      case 'retry-due':
      case 'task-timeout':
      case 'child-started':
        this.#conductor.handle(message);
        break;
      default:
        unreachable(message);
    }
  }

  #begin(): void {
    if (this.#isBegun) return;
    const { gate, workflow, surroundings } = this.#options;
    const answer = gate?.tryEnter() ?? { kind: 'entered' };
    if (answer.kind === 'refused') {
      this.#finish(failedExecution('rejected', answer.message));
      return;
    }
    if (answer.kind === 'held') {
      if (this.#phase === 'pending') {
        this.#phase = 'queued';
        this.#steps.record({ type: 'execution-queued', at: this.#now(), message: answer.message });
      }
      this.#gateTimer?.dispose();
      this.#gateTimer = surroundings.clock.after(askGateEveryMs, () => {
        this.#post({ type: 'begin' });
      });
      return;
    }
    this.#phase = 'running';
    this.#steps.record({ type: 'execution-started', at: this.#now() });
    if (workflow.timeoutMs !== null) {
      this.#held.add(
        surroundings.clock.after(workflow.timeoutMs, () => {
          this.#post({ type: 'workflow-timeout' });
        }),
      );
    }
    const { owned, publisher } = this.#options;
    this.#held.add(
      watchLogs({
        clock: surroundings.clock,
        active: () => this.#conductor.active,
        onOutput: (runs) => {
          for (const run of runs) owned.touchOutput(run.id, this.#now());
          publisher.publish(owned.state);
        },
      }),
    );
  }

  /** Lets the scheduler go as far as it can, and sees whether that is the end. */
  #advance(): void {
    for (let next = this.#scheduler.next(); next !== null; next = this.#scheduler.next()) {
      if (next.type === 'start') this.#leaveWaiting(next.task);
      this.#conductor.carryOut(next);
    }
    if (this.#scheduler.isOver) {
      const { failed, cancelled } = this.#conductor;
      this.#finish(judgeEnd({ stop: this.#stop, failed, cancelled }));
    } else if (this.#phase === 'running' && !this.#isCancelling && this.#conductor.isWaitingOnly) {
      this.#phase = 'waiting';
      this.#steps.record({ type: 'execution-waiting', at: this.#now() });
    }
  }

  #leaveWaiting(task: number): void {
    const isQuestion = this.#options.specs[task]?.action.kind === 'approval';
    if (this.#phase !== 'waiting' || isQuestion) return;
    this.#phase = 'running';
    if (!this.#isCancelling) this.#steps.record({ type: 'execution-started', at: this.#now() });
  }

  #timedOut(): void {
    if (this.#stop !== null) return;
    this.#stop = { kind: 'timeout', timeoutMs: this.#options.workflow.timeoutMs ?? 0 };
    this.#recordCancelling('its timeout', 'cancel');
    this.#scheduler.cancel('timeout');
  }

  #obey(request: RequestMade): void {
    const { type, task, by } = request;
    if (type === 'approve' || type === 'reject') {
      const decision = type === 'approve' ? 'approved' : 'rejected';
      if (!this.#conductor.answer(task, decision, by)) {
        this.#options.log.warn(
          `execution ${this.id}: ${by} ${decision} ${task ?? 'something'}, but ${task === null ? 'not exactly one task waits' : 'it does not wait'}`,
        );
      }
      return;
    }
    if (!this.#isBegun) {
      // Nothing has run, so there is nothing to tidy up either.
      this.#stop = { kind: 'cancel', by };
      this.#finish(judgeEnd({ stop: this.#stop, failed: [], cancelled: [] }));
      return;
    }
    const isKill = type === 'kill' || this.#isCancelling;
    if (this.#stop?.kind !== 'timeout') {
      this.#stop = { kind: isKill ? 'kill' : 'cancel', by: this.#stop?.by ?? by };
    }
    this.#recordCancelling(by, isKill ? 'kill' : 'cancel');
    if (isKill) this.#scheduler.kill();
    else this.#scheduler.cancel('cancel');
  }

  #recordCancelling(by: string, how: 'cancel' | 'kill'): void {
    this.#isCancelling = true;
    this.#steps.record({ type: 'execution-cancelling', at: this.#now(), by, how });
  }

  /** Records the end; what follows it happens once that is durable. */
  #finish(end: ExecutionEnd): void {
    const { workflow, facts, surroundings } = this.#options;
    this.#phase = 'ending';
    const outputs = evaluateOutputs(workflow, facts, surroundings.secretWords);
    // Outputs of an execution that failed anyway are taken as far as they can be had.
    const judged: ExecutionEnd =
      outputs.ok || end.status !== 'succeeded'
        ? end
        : failedExecution('expression', outputs.error.message);
    this.#steps.record(executionFinished(this.#now(), judged, outputs.ok ? outputs.value : {}));
    this.#steps.then(() => {
      this.#close();
    });
  }

  #close(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#conductor.dispose();
    const { publisher, owned, log, surroundings } = this.#options;
    removeEmptyFolders(surroundings.folder);
    void publisher
      .flush()
      .then((flushed) => {
        if (!flushed.ok) log.warn(`execution ${owned.id}: ${flushed.error.message}`);
      })
      .catch((error: unknown) => {
        log.error(`execution ${owned.id}: ${messageOf(error)}`);
      })
      .finally(() => {
        this.#letGo();
        this.#resolve(owned.state);
      });
  }

  /** Another process owns the execution, or a bug was found: no process of ours may go on. */
  #lost(failure: Failure): void {
    if (this.#phase === 'over') return;
    const { owned, log } = this.#options;
    log.error(`execution ${owned.id}: ${failure.message}`);
    this.#conductor.dispose();
    if (failure.code !== 'fenced' && !owned.isFenced) {
      const end = failedExecution('internal', failure.message);
      owned.commit([executionFinished(this.#now(), end)]);
    }
    this.#close();
  }

  #letGo(): void {
    const { gate, owned } = this.#options;
    this.#gateTimer?.dispose();
    gate?.leave();
    this.#held.dispose();
    owned.dispose();
    this.#changed.dispose();
  }

  #tell(change: ExecutionChange): void {
    try {
      this.#changed.fire(change);
    } catch (error) {
      this.#options.log.error(`a listener failed: ${messageOf(error)}`);
    }
  }

  #now(): Timestamp {
    return new Date(this.#options.surroundings.clock.wallMs()).toISOString();
  }
}
