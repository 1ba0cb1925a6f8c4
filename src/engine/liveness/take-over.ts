/**
 * Takes an execution from an owner that can be neither reached nor proved gone: a machine or container that is not there
 * any more. Only a person may decide that; all that can be told for certain still counts more than what the person says.
 */
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { systemClock, type Clock } from '../ports.ts';
import { claimExecution } from '../store/owned-execution.ts';
import { readExecution } from '../store/read-execution.ts';
import { beatPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { sleep } from '../store/view-lock.ts';
import { readWhole } from '../store/write-file.ts';
import { beatEveryMs } from './beat.ts';
import { currentOwner, judgeOwner } from './owner.ts';

/** Whether a person may take this execution: it is not over, and its owner cannot be looked at from here. */
export function mayBeForced({ status, owner }: Execution): boolean {
  return !isExecutionOver(status) && owner !== null && judgeOwner(owner) === 'unknown';
}

/** What a person should know before; `mayBeForced` is true. */
export function describeForce({ owner }: Execution): string {
  const who = ownerWords(owner);
  return `${who} cannot be looked at from here. If it is still there, it stops with its next step, but what its tasks do until then is not recorded and may be done twice.`;
}

/** Enough for two beats of a machine that is busy. */
const watchMs = 3 * beatEveryMs;

/**
 * Marks the execution interrupted in the name of `by`, after having watched its owner for some seconds. Codes: `over`,
 * `owned` (the owner lives: a process of this machine, or one that gave a sign of life), and those of `claimExecution`.
 */
export async function takeOver(
  folder: StateFolder,
  id: string,
  by: string,
  clock: Clock = systemClock,
): Promise<Result<Execution>> {
  const before = readExecution(folder, id);
  if (!before.ok) return before;
  const { status, owner } = before.value;
  if (isExecutionOver(status)) return fail('over', `execution ${id} is over (${status})`);
  const who = ownerWords(owner);
  if (owner !== null && judgeOwner(owner) === 'alive') {
    return fail('owned', `${who} is alive`, 'Cancel the execution, or end that process.');
  }
  const beat = readBeat(folder, id);
  await sleep(clock, watchMs);
  const after = readExecution(folder, id);
  if (!after.ok) return after;
  const { epoch, seq } = before.value;
  const isMoved = after.value.epoch !== epoch || after.value.seq !== seq;
  if (isMoved || readBeat(folder, id) !== beat) {
    return fail('owned', `${who} gave a sign of life just now`, 'A cancel reaches it from here.');
  }
  const claimed = claimExecution(folder, id, {
    owner: currentOwner(),
    why: 'recovery',
    isForced: true,
    first: (now) => {
      if (isExecutionOver(now.status)) return ok([]);
      const message = `${by} took it from ${who}, which could not be asked`;
      const end = { status: 'interrupted', reason: null, message, outputs: {} } as const;
      return ok([{ type: 'execution-finished', at: new Date().toISOString(), ...end }]);
    },
  });
  if (!claimed.ok) return claimed;
  const { state } = claimed.value;
  claimed.value.dispose();
  return ok(state);
}

function ownerWords(owner: Execution['owner']): string {
  return owner === null
    ? 'its runner'
    : `its runner (process ${String(owner.pid)} on ${owner.host})`;
}

/** Its content, not its times: a network drive may show old ones. */
function readBeat(folder: StateFolder, id: string): string | null {
  try {
    const bytes = readWhole(folder.disk, beatPath(folder, id));
    return bytes === null ? null : Buffer.from(bytes).toString('latin1');
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}
