/** How an execution comes to be, and how its ownership passes on. */
import path from 'node:path';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, Owner } from '../../model/execution.ts';
import { err, fail, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { currentOwner, isSameProcess, judgeOwner } from '../liveness/owner.ts';
import { markActive, markEnded, unmarkActive } from './active-marks.ts';
import { isClaimedAfter, makeClaim, newestClaim, type NewestClaim } from './claim-epoch.ts';
import { foldEvents, indexTasks } from './fold-events.ts';
import { readChain, type Chain } from './journal-chain.ts';
import { openEpoch, ownedExecution, type OwnedExecution } from './journal-owner.ts';
import {
  claimPath,
  ensureStateFolder,
  executionFolder,
  executionsFolder,
  inboxFolder,
  isSafeId,
  workflowCopyPath,
  type StateFolder,
} from './state-folder.ts';
import { errnoOf, storageFailure } from './storage-failure.ts';
import { uniqueName } from './unique-name.ts';
import { createFile, namesIn, removeQuietly, syncFolder } from './write-file.ts';

export type { Committed, OwnedExecution } from './journal-owner.ts';

/**
 * Creates the execution on disk; on return it is durable. `execution` is epoch 1, seq 0, all tasks pending.
 * Codes: `exists` (take another id), `storage`.
 */
export function createExecution(
  folder: StateFolder,
  execution: Execution,
  workflowText: string,
): Result<OwnedExecution> {
  const { id } = execution;
  const { disk } = folder;
  if (!isSafeId(id)) return fail('exists', `"${id}" cannot be the id of an execution`);
  if (!disk.exists(executionsFolder(folder))) {
    const ensured = ensureStateFolder(folder);
    if (!ensured.ok) return ensured;
  }
  const home = executionFolder(folder, id);
  try {
    disk.mkdir(home);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return fail('exists', `execution ${id} exists already`);
    return err(storageFailure(`create execution ${id}`, error));
  }
  try {
    markActive(folder, { id, epoch: 1 });
    const owner = execution.owner ?? currentOwner();
    const nonce = uniqueName();
    const claim = Buffer.from(`${JSON.stringify({ owner, why: 'create', nonce })}\n`);
    createFile(disk, claimPath(folder, id, 1), claim, { sync: false });
    createFile(disk, workflowCopyPath(folder, id), Buffer.from(workflowText), { sync: true });
    // Here its name is made durable together with those of the files.
    disk.mkdir(inboxFolder(folder, id));
    const created: ExecutionEvent = {
      type: 'execution-created',
      at: execution.createdAt,
      execution,
    };
    const start = { epoch: 1, seq: 0, claim: { prev: 0, prevBytes: 0 } };
    const writer = openEpoch(folder, id, start, [created]);
    syncFolder(disk, executionsFolder(folder));
    return ok(ownedExecution(folder, { ...execution, epoch: 1, seq: 1 }, writer, nonce));
  } catch (error) {
    const failure = storageFailure(`create execution ${id}`, error);
    abandon(folder, id);
    return err(failure);
  }
}

/** Nobody has seen it yet: a folder that cannot be removed now is without a journal and never shown. */
function abandon(folder: StateFolder, id: string): void {
  try {
    folder.disk.remove(executionFolder(folder, id));
    unmarkActive(folder, { id, epoch: 1 });
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

/** Why an execution is taken over. */
export interface ClaimOptions {
  readonly owner: Owner;
  readonly why: 'retry' | 'resume' | 'recovery';
  /** True when a person says so: then an owner that can be neither seen nor proved gone is no obstacle. */
  readonly isForced?: boolean;
  /**
   * What the new owner does first, given the state that is final before it. Recorded together with the claim, so that
   * nobody ever sees, or takes over, an execution that was claimed but not yet restarted. When it fails, so does the
   * claim, and the execution stays as it is.
   */
  readonly first?: (execution: Execution) => Result<readonly ExecutionEvent[]>;
}

/**
 * Takes over an execution, durably. Of several processes that try, one succeeds. Requests that were still in its
 * inbox were meant for the owner before and are dropped. Codes: `owned` (it is active and its owner is not proved
 * gone, or someone was faster), `unknown-execution`, `damaged`, `storage`, and those of `first`.
 */
export function claimExecution(
  folder: StateFolder,
  id: string,
  options: ClaimOptions,
): Result<OwnedExecution> {
  try {
    return takeOver(folder, id, options);
  } catch (error) {
    return err(storageFailure(`take over execution ${id}`, error));
  }
}

function takeOver(folder: StateFolder, id: string, options: ClaimOptions): Result<OwnedExecution> {
  const before = readChain(folder, id);
  if (!before.ok) return before;
  const newest = newestClaim(folder, id);
  if (!mayClaim(before.value, newest, options)) {
    return fail('owned', `execution ${id} still belongs to a running process`);
  }
  const epoch = Math.max(newest?.epoch ?? 0, before.value.epoch) + 1;
  const { owner, why } = options;
  const nonce = uniqueName();
  markActive(folder, { id, epoch });
  if (!makeClaim(folder, id, epoch, { owner, why, nonce })) {
    return fail('owned', `execution ${id} was just taken over by another process`);
  }
  // Only what is read after the claim is final: see claim-epoch.ts.
  const chain = readChain(folder, id);
  if (!chain.ok) return chain;
  const { seq, execution } = chain.value;
  const first = options.first?.(execution) ?? ok([]);
  const events: ExecutionEvent[] = [
    { type: 'execution-claimed', at: new Date().toISOString(), owner, why },
    ...(first.ok ? first.value : []),
  ];
  const state = foldEvents(execution, events, { epoch, seq: seq + 1 }, indexTasks());
  if (!state.ok) return state;
  const claim = { prev: chain.value.epoch, prevBytes: chain.value.goodBytes };
  const writer = openEpoch(folder, id, { epoch, seq, claim }, events);
  if (isClaimedAfter(folder, id, epoch)) {
    writer.close();
    return fail('owned', `execution ${id} was just taken over by another process`);
  }
  emptyInbox(folder, id);
  if (isExecutionOver(state.value.status)) markEnded(folder, { id, epoch });
  if (!first.ok) {
    writer.close();
    return first;
  }
  return ok(ownedExecution(folder, state.value, writer, nonce));
}

function mayClaim(chain: Chain, newest: NewestClaim | null, options: ClaimOptions): boolean {
  const { execution, epoch } = chain;
  const isClaimPending = newest !== null && newest.epoch > epoch;
  if (isExecutionOver(execution.status) && !isClaimPending) return true;
  if (newest?.claim) {
    // A recovery that a full disk stopped half-way: it is synchronous, so none of our own is under way.
    const isOwnRecovery =
      options.why === 'recovery' &&
      newest.claim.why === 'recovery' &&
      isSameProcess(newest.claim.owner, options.owner);
    return isOwnRecovery || isOutOfReach(newest.claim.owner, options);
  }
  if (isClaimPending) return newest.isAbandoned;
  return execution.owner !== null && isOutOfReach(execution.owner, options);
}

function isOutOfReach(owner: Owner, { isForced }: ClaimOptions): boolean {
  const verdict = judgeOwner(owner);
  return verdict === 'gone' || (isForced === true && verdict === 'unknown');
}

function emptyInbox(folder: StateFolder, id: string): void {
  const inbox = inboxFolder(folder, id);
  for (const name of namesIn(folder.disk, inbox))
    removeQuietly(folder.disk, path.join(inbox, name));
}
