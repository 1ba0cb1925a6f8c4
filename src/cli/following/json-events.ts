import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution } from '../../model/execution.ts';

/**
 * An event as `--json` prints it: the execution by its id, or null for what stays inside. The end is printed by
 * `finishedJson`, with the whole execution.
 */
export function eventJson(
  event: ExecutionEvent,
  id: string,
): Readonly<Record<string, unknown>> | null {
  switch (event.type) {
    case 'execution-created':
      return createdJson(event.execution);
    case 'execution-claimed':
    case 'execution-finished':
    case 'task-spawned':
      return null;
    case 'execution-queued':
    case 'execution-started':
    case 'execution-waiting':
    case 'execution-cancelling':
    case 'execution-restarted':
    case 'task-started':
    case 'task-waiting':
    case 'task-retrying':
    case 'task-approved':
    case 'task-child-started':
    case 'task-cancelling':
    case 'task-finished': {
      const { type, at, ...rest } = event;
      return { type, at, execution: id, ...rest };
    }
  }
}

/** The first line of a run. */
export function createdJson(execution: Execution): Readonly<Record<string, unknown>> {
  return {
    type: 'execution-created',
    at: execution.createdAt,
    execution: execution.id,
    agent: execution.agent,
    name: execution.name,
    inputs: execution.inputs,
    tasks: execution.tasks.map((task) => task.id),
  };
}

/** The last line of a run. */
export function finishedJson(execution: Execution): Readonly<Record<string, unknown>> {
  return { type: 'execution-finished', at: execution.finishedAt, execution };
}
