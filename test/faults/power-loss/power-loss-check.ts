/** The life of two executions on a recorded disk, and what must be left of it after a power loss at any moment. */
import path from 'node:path';
import type { Execution } from '../../../src/model/execution.ts';
import { isExecutionOver } from '../../../src/model/status.ts';
import { recoverInterrupted } from '../../../src/engine/liveness/recover.ts';
import { systemClock } from '../../../src/engine/ports.ts';
import type { Disk } from '../../../src/engine/store/disk.ts';
import { sendRequest } from '../../../src/engine/store/inbox.ts';
import { claimExecution, createExecution } from '../../../src/engine/store/owned-execution.ts';
import { readExecution } from '../../../src/engine/store/read-execution.ts';
import {
  inboxFolder,
  stateFolderOf,
  type StateFolder,
} from '../../../src/engine/store/state-folder.ts';
import { ViewReader } from '../../../src/engine/store/view-reader.ts';
import { ViewWriter } from '../../../src/engine/store/view-writer.ts';
import { readWhole } from '../../../src/engine/store/write-file.ts';
import {
  deadOwner,
  finished,
  idOf,
  plan,
  started,
  taskFinished,
  taskSpawned,
  taskStarted,
  temporaryState,
  value,
} from '../../unit/engine/store/fixtures.ts';
import { seededRandom } from '../storm/seeded-random.ts';
import { memoryDisk } from './memory-disk.ts';
import { PowerLoss, type DiskModel } from './power-loss.ts';
import { recordingDisk, type DiskStep } from './recording-disk.ts';

/** What a process had been told is done. */
export interface Told {
  readonly executions: readonly Execution[];
  readonly shown: readonly Execution[];
  readonly request: string | null;
}

/** Steps of a store at work. */
export interface Recording {
  readonly workspace: string;
  readonly steps: readonly DiskStep<Told>[];
}

/** Records creation, commits, notes, a takeover, requests and view writes. `change` puts faults on the disk. */
export async function recordLife(
  change: (disk: Disk) => Disk = (disk) => disk,
): Promise<Recording> {
  const recorder = recordingDisk<Told>();
  const state = temporaryState(change(recorder.disk));
  const { folder } = state;
  let told: Told = { executions: [], shown: [], request: null };
  const tell = (more: Partial<Told>): void => {
    told = { ...told, ...more };
    recorder.tell(told);
  };
  const done = (execution: Execution): void => {
    const others = told.executions.filter((each) => each.id !== execution.id);
    tell({ executions: [...others, execution] });
  };
  const reader = new ViewReader(folder);
  const writer = new ViewWriter({ folder, reader, clock: systemClock, keep: 200 });
  const show = async (): Promise<void> => {
    const { executions } = told;
    value(await writer.update({ put: executions }));
    tell({ shown: executions });
  };
  try {
    for (const index of [0, 1]) {
      const execution = plan(idOf(index), 2, { owner: deadOwner() });
      const owned = value(createExecution(folder, execution, 'tasks: {}\n'));
      done(owned.state);
      if (index === 0) await show();
      done(value(owned.commit([started, taskStarted('t0')])));
      value(owned.note([taskSpawned('t0')]));
      done(value(owned.commit([taskFinished('t0'), taskStarted('t1')])));
      await show();
      const request = value(sendRequest(folder, owned.id, { type: 'cancel', task: null, by: 'x' }));
      tell({ request: request.id });
      owned.dispose();
      tell({ request: null });
      const taken = value(
        claimExecution(folder, owned.id, { owner: deadOwner(), why: 'recovery' }),
      );
      done(taken.state);
      done(value(taken.commit([taskFinished('t1'), finished])));
      taken.dispose();
    }
    await show();
    return { workspace: folder.workspace, steps: recorder.steps };
  } finally {
    state.remove();
  }
}

/** Strikes after every step, `times` each, until `enough` is wrong. What is, and how many states were looked at. */
export function findViolations(
  recording: Recording,
  model: DiskModel,
  times: number,
  enough = 5,
): { readonly states: number; readonly violations: readonly string[] } {
  const loss = new PowerLoss(recording.workspace, model);
  const random = seededRandom(44);
  let told: Told = { executions: [], shown: [], request: null };
  let states = 0;
  const violations: string[] = [];
  for (const [index, step] of recording.steps.entries()) {
    loss.take(step);
    if (step.kind === 'told') told = step.told;
    if (violations.length >= enough) break;
    for (let time = 0; time < times; time += 1) {
      const disk = memoryDisk(recording.workspace, loss.strike(random));
      const folder = stateFolderOf(recording.workspace, undefined, disk);
      states += 1;
      const problem = lookAfterwards(folder, told);
      if (problem !== null)
        violations.push(`${model}, after step ${index} (${step.kind}): ${problem}`);
    }
  }
  return { states, violations };
}

function lookAfterwards(folder: StateFolder, told: Told): string | null {
  // First, since whoever takes over empties the inbox.
  if (told.request !== null) {
    const id = told.executions.at(-1)!.id;
    const file = path.join(inboxFolder(folder, id), `${told.request}.json`);
    const text = Buffer.from(readWhole(folder.disk, file) ?? []).toString('utf8');
    if (!text.endsWith('}\n')) return 'the request is lost';
  }
  for (const index of [0, 1]) {
    const id = idOf(index);
    const before = told.executions.find((each) => each.id === id);
    const read = readExecution(folder, id);
    if (!read.ok) {
      if (before !== undefined) return `${id} was acknowledged: ${read.error.message}`;
      if (read.error.code === 'unknown-execution') continue;
      return read.error.message;
    }
    const now = read.value;
    if (before !== undefined) {
      if (now.epoch < before.epoch || (now.epoch === before.epoch && now.seq < before.seq)) {
        return `${id} was at ${before.epoch}.${before.seq} and is at ${now.epoch}.${now.seq}`;
      }
      const isSame = now.epoch === before.epoch && now.seq === before.seq;
      if (isSame && JSON.stringify(now) !== JSON.stringify(before)) return `${id} is another one`;
    }
    if (!isExecutionOver(now.status)) {
      // A journal whose claim did not reach the disk is in the way of the first try; a window looks every four seconds.
      const recovered = [1, 2].flatMap(() => recoverInterrupted(folder, [now]));
      if (recovered[0]?.status !== 'interrupted') return `${id} cannot be recovered`;
    }
  }
  return lookAtView(folder, told);
}

function lookAtView(folder: StateFolder, told: Told): string | null {
  const { view } = new ViewReader(folder).read();
  if (view.kind === 'missing') return told.shown.length > 0 ? 'the view file is gone' : null;
  if (view.kind !== 'valid') return `the view file is ${view.kind}`;
  for (const shown of told.shown) {
    const now = view.executions.find((each) => each.id === shown.id);
    if (now === undefined || now.seq < shown.seq) return `the view file has an old ${shown.id}`;
  }
  return null;
}
