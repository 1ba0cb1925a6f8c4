import type { FolderExecution } from '../../src/extension/dashboard/dashboard-host.ts';
import type { Attempt, Execution, TaskExecution } from '../../src/model/execution.ts';
import type { NumberedEvent } from '../../src/engine/store/journal-events.ts';
import type { ExecutionEvent } from '../../src/model/events.ts';
import { isTaskOver } from '../../src/model/status.ts';
import { executionIdAt } from '../../src/model/ids.ts';
import type { ExecutionStatus, TaskStatus } from '../../src/model/status.ts';
import { newExecution, newTask } from '../unit/model/build-execution.ts';

/** A moment as the model writes it. */
export function at(ms: number): string {
  return new Date(ms).toISOString();
}

/** A task that was tried, once or as often as `attempts` says. */
export function triedTask(
  id: string,
  status: TaskStatus,
  times: { readonly startMs: number; readonly endMs: number | null; readonly attempts?: number },
  change: Partial<TaskExecution> = {},
): TaskExecution {
  const count = times.attempts ?? 1;
  const attempts = Array.from({ length: count }, (_, index): Attempt => {
    const isLast = index === count - 1;
    return {
      attempt: index + 1,
      status: isLast ? status : 'failed',
      reason: isLast ? (change.reason ?? null) : 'exit',
      message: isLast ? (change.message ?? null) : 'ended with exit code 1',
      exitCode: null,
      signal: null,
      startedAt: at(times.startMs + index * 2000),
      finishedAt: isLast
        ? times.endMs === null
          ? null
          : at(times.endMs)
        : at(times.startMs + index * 2000 + 1400),
      log: `${id}.${String(index + 1)}.log`,
      pid: 4711,
      processStartTime: null,
    };
  });
  return newTask(id, {
    status,
    attempt: count,
    attempts,
    startedAt: at(times.startMs),
    finishedAt: times.endMs === null ? null : at(times.endMs),
    ...change,
  });
}

/** An execution of the folder `shop`. */
export function fakeExecution(
  number: number,
  status: ExecutionStatus,
  createdMs: number,
  change: Partial<Execution> = {},
): FolderExecution {
  const id = executionIdAt(new Date(createdMs), number.toString(16).padStart(4, '0'));
  const execution = newExecution([], {
    id,
    status,
    trigger: { kind: 'manual', source: 'vscode' },
    git: { branch: 'main', commit: '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b' },
    createdAt: at(createdMs),
    startedAt: status === 'pending' || status === 'queued' ? null : at(createdMs + 40),
    ...change,
  });
  return { folder: 'shop', key: `file:///projects/shop#${id}`, execution };
}

const agents = [
  ['health', 'Repository health'],
  ['release', 'Release check'],
  ['ops/backup', 'Nightly backup'],
  ['docs/site', 'docs/site'],
  ['hello', 'Hello'],
] as const;
const outcomes = [
  'succeeded',
  'succeeded',
  'failed',
  'succeeded',
  'cancelled',
  'succeeded',
] as const;

/** Many finished executions, newest first, the newest one `beforeMs`. */
export function fakeHistory(count: number, beforeMs: number): readonly FolderExecution[] {
  return Array.from({ length: count }, (_, index) => {
    const startMs = beforeMs - (index + 1) * 137_000;
    const status = outcomes[(index * 7) % outcomes.length] ?? 'succeeded';
    const [agent, name] = agents[(index * 3) % agents.length] ?? agents[0];
    const durationMs = 1200 + ((index * 7919) % 200_000);
    const isFailed = status === 'failed';
    const tasks = ['lint', 'types', 'test', 'build', 'publish'].map((id, place) =>
      isFailed && place > 2
        ? newTask(id, { status: 'skipped' })
        : triedTask(id, isFailed && place === 2 ? 'failed' : 'succeeded', {
            startMs,
            endMs: startMs + durationMs,
          }),
    );
    return fakeExecution(index, status, startMs, {
      agent,
      name,
      tasks,
      workflow: { path: `workflows/${agent}.yaml`, hash: null },
      reason: isFailed ? 'exit' : null,
      message: isFailed ? 'test ended with exit code 1' : null,
      finishedAt: at(startMs + durationMs),
    });
  });
}

/** What may have happened to an execution for it to be as it is. */
export function fakeEvents(execution: Execution): readonly NumberedEvent[] {
  const { createdAt, startedAt, finishedAt, tasks, status } = execution;
  const events: ExecutionEvent[] = [{ type: 'execution-created', at: createdAt, execution }];
  if (startedAt !== null) events.push({ type: 'execution-started', at: startedAt });
  for (const task of tasks) {
    for (const attempt of task.attempts) {
      const { log, reason, message } = attempt;
      const base = { task: task.id, attempt: attempt.attempt };
      events.push({ type: 'task-started', at: attempt.startedAt, ...base, log });
      if (attempt.finishedAt === null || !isTaskOver(attempt.status)) continue;
      const end = { exitCode: attempt.exitCode, signal: null, outputs: {} };
      const ended = { ...base, reason, message, status: attempt.status as 'failed' };
      events.push({ type: 'task-finished', at: attempt.finishedAt, ...ended, ...end });
    }
  }
  if (finishedAt !== null) {
    const { reason, message, outputs } = execution;
    const ended = { status: status as 'failed', reason, message, outputs };
    events.push({ type: 'execution-finished', at: finishedAt, ...ended });
  }
  return events
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map((event, index) => ({ seq: index + 1, event }));
}
