/** Deletes executions for good. */
import path from 'node:path';
import type { Execution } from '../../model/execution.ts';
import { err, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { currentOwner, judgeOwner } from '../liveness/owner.ts';
import { systemClock } from '../ports.ts';
import { unmarkActive } from './active-marks.ts';
import { makeClaim, newestClaim } from './claim-epoch.ts';
import { readGoodPart } from './journal-chain.ts';
import { readExecution } from './read-execution.ts';
import {
  executionFolder,
  executionsFolder,
  isSafeId,
  temporaryFolder,
  type StateFolder,
} from './state-folder.ts';
import { errnoOf, storageFailure } from './storage-failure.ts';
import { uniqueName } from './unique-name.ts';
import { ViewReader } from './view-reader.ts';
import { ViewWriter } from './view-writer.ts';
import { makeFolder, syncFolder } from './write-file.ts';

/**
 * Deletes finished executions with their logs; others are left alone, and with `isReadableOnly` also those that cannot be
 * read. Returns how many are gone. The folders go first: a view entry without a folder is harmless, and goes with the
 * next call. Codes: `storage`, `newer-version`, `locked`.
 */
export async function removeExecutions(
  folder: StateFolder,
  ids: readonly string[],
  options: { readonly isReadableOnly?: boolean } = {},
): Promise<Result<number>> {
  const reader = new ViewReader(folder);
  try {
    const { view } = reader.read();
    const shown = view.kind === 'valid' ? view.executions : [];
    const known = new Map(shown.map((execution) => [execution.id, execution]));
    const drop = new Set<string>();
    if (view.kind !== 'newer') {
      for (const id of new Set(ids)) {
        if (!isSafeId(id)) continue;
        const read = readExecution(folder, id);
        const execution = read.ok ? read.value : (known.get(id) ?? readGoodPart(folder, id));
        const isUnusable = !read.ok && unusableCodes.has(read.error.code);
        if (execution === null || !isRemovable(execution, isUnusable)) continue;
        // Without a journal, an end that was shown is all there is to know.
        const isUnread = !read.ok && (read.error.code === 'damaged' || !isOver(execution));
        if (isUnread && options.isReadableOnly === true) continue;
        if (!isClaimedForRemoval(folder, execution)) continue;
        moveAway(folder, id);
        unmarkActive(folder, { id, epoch: Infinity });
        drop.add(id);
      }
      if (drop.size === 0) return ok(0);
      // It may be what somebody deleted.
      if (folder.disk.exists(executionsFolder(folder))) {
        syncFolder(folder.disk, executionsFolder(folder));
      }
    }
    const writer = new ViewWriter({ folder, reader, clock: systemClock, keep: Infinity });
    const written = await writer.update({ drop });
    return written.ok ? ok(drop.size) : written;
  } catch (error) {
    return err(storageFailure('remove the executions', error));
  }
}

/** What reading an execution ends with when its journal is damaged or gone. */
const unusableCodes: ReadonlySet<string> = new Set(['damaged', 'unknown-execution']);

function isOver({ status }: Execution): boolean {
  return isExecutionOver(status);
}

/** One whose journal cannot be used never ends, but it may go when nobody works on it any more. */
function isRemovable(execution: Execution, isUnusable: boolean): boolean {
  if (isOver(execution)) return true;
  return isUnusable && execution.owner !== null && judgeOwner(execution.owner) === 'gone';
}

/** False when somebody takes it over just now. The claim keeps others from doing so until the folder is gone. */
function isClaimedForRemoval(folder: StateFolder, { id, epoch }: Execution): boolean {
  if (!folder.disk.exists(executionFolder(folder, id))) return true;
  const newest = newestClaim(folder, id);
  const isTaken = newest !== null && newest.epoch > epoch;
  const taker = newest?.claim?.owner ?? null;
  if (isTaken && (taker === null ? !newest.isAbandoned : judgeOwner(taker) !== 'gone')) {
    return false;
  }
  const next = Math.max(newest?.epoch ?? 0, epoch) + 1;
  return makeClaim(folder, id, next, { owner: currentOwner(), why: 'remove', nonce: uniqueName() });
}

/** A rename is done or not; deleting a folder file by file is not. */
function moveAway(folder: StateFolder, id: string): void {
  const { disk } = folder;
  makeFolder(disk, temporaryFolder(folder));
  const away = path.join(temporaryFolder(folder), `removed-${uniqueName()}`);
  try {
    disk.rename(executionFolder(folder, id), away);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  disk.remove(away);
}
