import { availableParallelism } from 'node:os';
import type { Execution } from '../../model/execution.ts';
import { toDisposable } from '../../model/disposable.ts';
import { ok, type Result } from '../../model/result.ts';
import type { FailureReason } from '../../model/status.ts';
import type { TaskSpec, Workflow } from '../../model/workflow.ts';
import type { OwnedExecution } from '../store/owned-execution.ts';
import { AgentExecutor } from './agent-executor.ts';
import { ConcurrencyGate } from './concurrency-gate.ts';
import type { Engine } from './engine.ts';
import type { RunningExecution } from './engine-options.ts';
import type { ExecutionFacts } from './execution-facts.ts';
import { executionFinished, failedExecution } from './judge-end.ts';
import type { Surroundings } from './task-kinds/attempt.ts';
import { endOf } from './task-run.ts';

/** What was found out before an execution exists. */
export interface PreparedExecution {
  readonly workflow: Workflow;
  readonly facts: ExecutionFacts;
  readonly surroundings: Surroundings;
  readonly concurrency: Execution['concurrency'];
}

/** Runs an execution that was just created or claimed. */
export function runOwned(
  engine: Engine,
  owned: OwnedExecution,
  run: PreparedExecution & {
    /** In the order of the execution's tasks. */
    readonly specs: readonly TaskSpec[];
    readonly children?: ReadonlyMap<string, string>;
  },
): RunningExecution {
  const { folder, log, options, publisher } = engine;
  const { workflow, concurrency } = run;
  const cores = availableParallelism();
  run.surroundings.starter.expect(
    owned.state.tasks.filter((task) => task.kind === 'run' && endOf(task) === null).length,
  );
  return new AgentExecutor({
    owned,
    workflow,
    specs: run.specs,
    facts: run.facts,
    surroundings: run.surroundings,
    publisher,
    log,
    maxParallel: workflow.maxParallel ?? (options.maxParallel || cores),
    gate:
      concurrency === null
        ? null
        : new ConcurrencyGate({
            folder,
            execution: owned.state,
            group: concurrency.group,
            onConflict: workflow.concurrency?.onConflict ?? 'queue',
            log,
          }),
    children: run.children ?? new Map(),
  });
}

/** Records that an execution failed before its first task, and answers with an execution that is over. */
export async function recordFailure(
  engine: Engine,
  owned: OwnedExecution,
  reason: FailureReason,
  message: string,
): Promise<Result<RunningExecution>> {
  const at = new Date(engine.clock.wallMs()).toISOString();
  const committed = owned.commit([executionFinished(at, failedExecution(reason, message))]);
  owned.dispose();
  if (!committed.ok) return committed;
  const execution = committed.value;
  engine.publisher.publish(execution);
  const flushed = await engine.publisher.flush();
  if (!flushed.ok) engine.log.warn(`execution ${execution.id}: ${flushed.error.message}`);
  const nothing = toDisposable(() => undefined);
  return ok({
    id: execution.id,
    execution,
    onEvent: () => nothing,
    finished: Promise.resolve(execution),
    cancel: () => undefined,
    dispose: () => undefined,
  });
}
