import type {
  Attempt,
  Execution,
  StuckVerdict,
  TaskExecution,
} from '../../../src/model/execution.ts';
import type { FolderState } from '../../../src/extension/folder-state.ts';
import { newExecution } from '../model/build-execution.ts';

/** A folder with nothing in it but what the test says. */
export function newFolder(change: Partial<FolderState> = {}): FolderState {
  return {
    key: 'file:///projects/app',
    name: 'app',
    agents: [],
    executions: [],
    verdicts: [],
    trouble: null,
    ...change,
  };
}

/** An execution of which some tasks are as given. */
export function executionWith(
  tasks: Readonly<Record<string, Partial<TaskExecution>>>,
  change: Partial<Execution> = {},
): Execution {
  const execution = newExecution(Object.keys(tasks), change);
  return {
    ...execution,
    tasks: execution.tasks.map((task) => ({ ...task, ...tasks[task.id] })),
  };
}

/** One try of a task that ended well, unless the test says otherwise. */
export function newAttempt(change: Partial<Attempt> = {}): Attempt {
  return {
    attempt: 1,
    status: 'succeeded',
    reason: null,
    message: null,
    exitCode: 0,
    signal: null,
    startedAt: '2026-11-22T14:15:03.000Z',
    finishedAt: '2026-11-22T14:15:15.400Z',
    log: 'executions/20261122-141503-7f3a/test.1.log',
    pid: 4711,
    processStartTime: null,
    ...change,
  };
}

/** A task that failed with exit code 1. */
export const failedTask: Partial<TaskExecution> = {
  status: 'failed',
  reason: 'exit',
  message: 'exit code 1',
  exitCode: 1,
  attempt: 1,
  startedAt: '2026-11-22T14:15:03.000Z',
  finishedAt: '2026-11-22T14:15:15.400Z',
  attempts: [newAttempt({ status: 'failed', reason: 'exit', exitCode: 1 })],
};

/** A verdict about a silent task. */
export function newVerdict(change: Partial<StuckVerdict> = {}): StuckVerdict {
  return {
    kind: 'silent-task',
    execution: '20261122-141503-7f3a',
    task: 'test',
    since: '2026-11-22T14:15:03.000Z',
    evidence: 'no output for 2 m 10 s; process 4711 alive, idle',
    ...change,
  };
}
