/** A process of the storm: writes executions, or follows them, until it is killed. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExecutionEvent } from '../../../src/model/events.ts';
import type { Execution } from '../../../src/model/execution.ts';
import { ok } from '../../../src/model/result.ts';
import { isExecutionOver } from '../../../src/model/status.ts';
import { recoverInterrupted } from '../../../src/engine/liveness/recover.ts';
import { nodeDisk, type Disk } from '../../../src/engine/store/disk.ts';
import {
  claimExecution,
  createExecution,
  type OwnedExecution,
} from '../../../src/engine/store/owned-execution.ts';
import { listExecutionIds, readExecution } from '../../../src/engine/store/read-execution.ts';
import { StateFollower } from '../../../src/engine/store/state-follower.ts';
import {
  stateFolderOf,
  viewPath,
  type StateFolder,
} from '../../../src/engine/store/state-folder.ts';
import { ViewPublisher } from '../../../src/engine/store/view-publisher.ts';
import { plan } from '../../unit/engine/store/fixtures.ts';
import type { ActorTask, Telling } from './messages.ts';
import { between, oneOf, seededRandom } from './seeded-random.ts';

const task = JSON.parse(process.argv[2] ?? '') as ActorTask;
const random = seededRandom(task.seed);
let made = 0;

/** Written at once: what was told before a kill has arrived. */
function tell(telling: Telling): void {
  const bytes = Buffer.from(`${JSON.stringify(telling)}\n`);
  for (let done = 0; done < bytes.length;) {
    try {
      done += fs.writeSync(1, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Stops for a moment in the middle of things now and then, so that kills and pauses hit there, too. */
function hesitatingDisk(): Disk {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const hesitate = (): void => {
    if (random() < 0.02) Atomics.wait(cell, 0, 0, between(random, 1, 15));
  };
  const { fdatasync, exists, link, rename, rmdir, open } = nodeDisk;
  return {
    ...nodeDisk,
    fdatasync: (fd) => (hesitate(), fdatasync(fd)),
    exists: (file) => (hesitate(), exists(file)),
    link: (from, to) => (hesitate(), link(from, to)),
    rename: (from, to) => (hesitate(), rename(from, to)),
    rmdir: (folder) => (hesitate(), rmdir(folder)),
    open: (file, flags, mode) => (hesitate(), open(file, flags, mode)),
  };
}

const folder: StateFolder = stateFolderOf(task.workspace, undefined, hesitatingDisk());
const stamp = (): string => new Date().toISOString();
/** Tells every event of a storm from all others. */
const token = (): string => `${task.name}-${String((made += 1))}`;
const mark = <T extends ExecutionEvent>(event: T): T => ({ ...event, token: token() });
const tokensOf = (events: readonly ExecutionEvent[]): string[] =>
  events.map((event) => (event as { token?: string }).token ?? '');

class Fenced extends Error {}

function commit(owned: OwnedExecution, events: readonly ExecutionEvent[], isNote = false): void {
  const result = isNote ? owned.note(events) : owned.commit(events);
  const { id } = owned;
  if (!result.ok) {
    tell({ type: 'refused', id, code: result.error.code, why: result.error.message });
    throw new Fenced(result.error.code);
  }
  const { epoch, seq } = result.value;
  tell({ type: 'acknowledged', id, epoch, lastSeq: seq, tokens: tokensOf(events) });
}

function createOne(): OwnedExecution {
  made += 1;
  const now = new Date(Date.now() - task.clockOffsetMs).toISOString().replace(/\D/g, '');
  const id = `${now.slice(0, 8)}-${now.slice(8, 14)}-${task.name}-${String(made)}`;
  const execution = plan(id, between(random, 1, 12), { owner: task.owner });
  const created = createExecution(folder, execution, 'tasks: {}\n');
  if (!created.ok) {
    tell({ type: 'refused', id, code: created.error.code, why: created.error.message });
    throw new Fenced(created.error.code);
  }
  tell({ type: 'acknowledged', id, epoch: 1, lastSeq: 1, tokens: ['created'] });
  return created.value;
}

/** Goes on with an execution that another process left behind; null when there is none just now. */
function resumeOne(): OwnedExecution | null {
  const ids = listExecutionIds(folder, { limit: 30 });
  if (ids.length === 0) return null;
  const read = readExecution(folder, oneOf(random, ids));
  if (!read.ok || read.value.status !== 'interrupted') return null;
  const { id } = read.value;
  const told: string[] = [];
  const claimed = claimExecution(folder, id, {
    owner: task.owner,
    why: 'resume',
    first: (now) => {
      if (!isExecutionOver(now.status)) return ok([]);
      const tasks = now.tasks.filter((each) => each.status !== 'succeeded').map((each) => each.id);
      const restarted = { type: 'execution-restarted', at: stamp(), why: 'resume' } as const;
      const event = mark({ ...restarted, by: task.name, tasks });
      told.push(...tokensOf([event]));
      return ok([event]);
    },
  });
  if (!claimed.ok) return null;
  const { epoch, seq } = claimed.value.state;
  if (told.length > 0) tell({ type: 'acknowledged', id, epoch, lastSeq: seq, tokens: told });
  return claimed.value;
}

async function work(owned: OwnedExecution, publisher: ViewPublisher): Promise<void> {
  if (owned.state.status === 'pending')
    commit(owned, [mark({ type: 'execution-started', at: stamp() })]);
  for (const { id, status } of owned.state.tasks) {
    if (status !== 'pending') continue;
    const attempt = (owned.state.tasks.find((each) => each.id === id)?.attempt ?? 0) + 1;
    commit(owned, [
      mark({ type: 'task-started', at: stamp(), task: id, attempt, log: `executions/x/${id}.log` }),
    ]);
    publisher.publish(owned.state);
    if (random() < 0.5) {
      const spawned = { task: id, attempt, pid: 1, processStartTime: null };
      commit(owned, [mark({ type: 'task-spawned', at: stamp(), ...spawned })], true);
    }
    await pause(between(random, 0, 8));
    const end = {
      status: 'succeeded',
      reason: null,
      message: null,
      exitCode: 0,
      signal: null,
    } as const;
    commit(owned, [
      mark({ type: 'task-finished', at: stamp(), task: id, attempt, ...end, outputs: {} }),
    ]);
    publisher.publish(owned.state);
    await pause(between(random, 0, 8));
  }
  const end = { status: 'succeeded', reason: null, message: null, outputs: {} } as const;
  commit(owned, [mark({ type: 'execution-finished', at: stamp(), ...end })]);
  publisher.publish(owned.state);
}

async function write(): Promise<never> {
  const publisher = new ViewPublisher({ folder });
  for (;;) {
    let owned: OwnedExecution | null = null;
    try {
      owned = (random() < 0.3 ? resumeOne() : null) ?? createOne();
      await work(owned, publisher);
    } catch (error) {
      if (!(error instanceof Fenced)) throw error;
      await pause(20);
    }
    owned?.dispose();
  }
}

async function read(): Promise<never> {
  const seen = new Map<string, Execution>();
  let active = new Set<string>();
  let count = 0;
  const look = (executions: readonly Execution[]): void => {
    count += 1;
    for (const execution of executions) {
      const before = seen.get(execution.id);
      const order =
        before === undefined ? 1 : execution.epoch - before.epoch || execution.seq - before.seq;
      if (before !== undefined && order < 0) {
        const what = `${before.epoch}.${before.seq} to ${execution.epoch}.${execution.seq}`;
        tell({ type: 'regressed', id: execution.id, what });
      }
      seen.set(execution.id, execution);
    }
    const here = new Set(executions.map((execution) => execution.id));
    for (const id of active) {
      if (!here.has(id)) tell({ type: 'vanished', id, what: seen.get(id)?.status ?? '' });
    }
    const going = executions.filter((execution) => !isExecutionOver(execution.status));
    active = new Set(going.map((execution) => execution.id));
  };
  const follower = new StateFollower({ folder, pollMs: 500 });
  follower.onDidChange((change) => look(change.snapshot.executions));
  await follower.start();
  let told = 0;
  for (let turn = 0; ; turn += 1) {
    await pause(between(random, 5, 30));
    count += lookAtFile();
    if (turn % 8 === 0) recoverInterrupted(folder, follower.snapshot.executions);
    if (count - told > 5) {
      tell({ type: 'reads', count: count - told });
      told = count;
    }
  }
}

/** The raw file, as other tools see it. */
function lookAtFile(): number {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(viewPath(folder));
  } catch {
    return 0;
  }
  try {
    JSON.parse(bytes.toString('utf8'));
  } catch {
    const hash = createHash('sha256').update(bytes).digest('hex');
    tell({ type: 'unreadable', hash, size: bytes.length });
  }
  return 1;
}

// The parent is gone: nobody would end this process.
process.stdin.resume().on('end', () => process.exit());
tell({ type: 'ready' });
(task.role === 'writer' ? write() : read()).catch((error: unknown) => {
  tell({ type: 'crashed', why: error instanceof Error ? (error.stack ?? '') : String(error) });
  process.exit(1);
});
