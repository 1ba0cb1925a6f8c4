/** State folders and executions for the tests of the store. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExecutionEvent } from '../../../../src/model/events.ts';
import type { Execution, Owner } from '../../../../src/model/execution.ts';
import type { Result } from '../../../../src/model/result.ts';
import { currentOwner } from '../../../../src/engine/liveness/owner.ts';
import { nodeDisk, type Disk } from '../../../../src/engine/store/disk.ts';
import {
  createExecution,
  type OwnedExecution,
} from '../../../../src/engine/store/owned-execution.ts';
import { stateFolderOf, type StateFolder } from '../../../../src/engine/store/state-folder.ts';
import { newExecution } from '../../model/build-execution.ts';

/** A new state folder, and what removes it. */
export function temporaryState(disk: Disk = nodeDisk): {
  readonly folder: StateFolder;
  readonly remove: () => void;
} {
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'store-'));
  return {
    folder: stateFolderOf(workspace, undefined, disk),
    remove: () => fs.rmSync(workspace, { recursive: true, force: true }),
  };
}

/** The value of a result that must be good. */
export function value<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.error));
  return result.value;
}

/** The code of a result that must have failed. */
export function codeOf(result: Result<unknown>): string {
  assert.ok(!result.ok, 'expected a failure');
  return result.error.code;
}

export const at = '2026-11-22T14:15:03.123Z';

/** An owner that is proved gone: a pid that no system gives out, on this machine. */
export function deadOwner(): Owner {
  return { ...currentOwner(), pid: 2 ** 30, startTime: '1' };
}

/** An execution with tasks `t0`, `t1`, … all pending. */
export function plan(id: string, taskCount = 1, change: Partial<Execution> = {}): Execution {
  const ids = Array.from({ length: taskCount }, (_, index) => `t${String(index)}`);
  return newExecution(ids, {
    id,
    agent: 'a',
    name: 'A',
    workflow: { path: 'workflows/a.yaml', hash: null },
    createdAt: `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T${id.slice(9, 11)}:${id.slice(11, 13)}:${id.slice(13, 15)}.000Z`,
    owner: currentOwner(),
    ...change,
  });
}

/** `20261122-000000-0000` and on: one second later with each number. */
export function idOf(index: number): string {
  const time = new Date(Date.UTC(2026, 10, 22) + index * 1000).toISOString();
  const digits = time.replace(/[-:T]/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-0000`;
}

export function create(
  folder: StateFolder,
  id: string,
  taskCount = 1,
  change: Partial<Execution> = {},
): OwnedExecution {
  return value(createExecution(folder, plan(id, taskCount, change), 'tasks: {}\n'));
}

export const started: ExecutionEvent = { type: 'execution-started', at };
export const finished: ExecutionEvent = {
  type: 'execution-finished',
  at,
  status: 'succeeded',
  reason: null,
  message: null,
  outputs: {},
};

export function taskStarted(task: string, attempt = 1): ExecutionEvent {
  return {
    type: 'task-started',
    at,
    task,
    attempt,
    log: `executions/x/${task}.${String(attempt)}.log`,
  };
}

export function taskSpawned(task: string, pid = 1, attempt = 1): ExecutionEvent {
  return { type: 'task-spawned', at, task, attempt, pid, processStartTime: null };
}

export function taskFinished(task: string, attempt = 1): ExecutionEvent {
  return {
    type: 'task-finished',
    at,
    task,
    attempt,
    status: 'succeeded',
    reason: null,
    message: null,
    exitCode: 0,
    signal: null,
    outputs: {},
  };
}

/** Waits until something is true; fails with `what` after `timeoutMs`. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    assert.ok(performance.now() < end, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
