import { pendingTask } from '../../../src/model/events.ts';
import type { Execution, TaskExecution } from '../../../src/model/execution.ts';

/** A task that has not begun, or as the change says. */
export function newTask(id: string, change: Partial<TaskExecution> = {}): TaskExecution {
  return {
    ...pendingTask({
      id,
      name: id,
      kind: 'run',
      group: null,
      matrix: null,
      needs: [],
      isFinally: false,
      continueOnError: false,
      timeoutMs: null,
      stuckAfterMs: null,
    }),
    ...change,
  };
}

/** An execution as it is right after its creation, with the given tasks pending. */
export function newExecution(
  taskIds: readonly string[],
  change: Partial<Execution> = {},
): Execution {
  return {
    id: '20261122-141503-7f3a',
    agent: 'release',
    name: 'Release check',
    status: 'pending',
    reason: null,
    message: null,
    trigger: { kind: 'manual', source: 'cli' },
    inputs: {},
    workflow: { path: 'workflows/release.yaml', hash: 'sha256-0' },
    createdAt: '2026-11-22T14:15:03.123Z',
    startedAt: null,
    finishedAt: null,
    attempt: 1,
    parent: null,
    owner: null,
    fallback: null,
    request: null,
    concurrency: null,
    outputs: {},
    tasks: taskIds.map((id) => newTask(id)),
    epoch: 1,
    seq: 0,
    ...change,
  };
}
