/** A process of its own for the tests: does what it is told over its channel and answers. */
import fs from 'node:fs';
import path from 'node:path';
import { currentOwner } from '../../src/engine/liveness/owner.ts';
import { systemClock } from '../../src/engine/ports.ts';
import {
  claimExecution,
  createExecution,
  type OwnedExecution,
} from '../../src/engine/store/owned-execution.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { acquireViewLock } from '../../src/engine/store/view-lock.ts';
import { plan, started, taskFinished, taskStarted } from '../unit/engine/store/fixtures.ts';

/** What a child can be told. */
export type Order =
  | { readonly type: 'claim'; readonly workspace: string; readonly id: string }
  /** Creates an execution and commits one task after the other, telling each acknowledged seq. */
  | {
      readonly type: 'storm';
      readonly workspace: string;
      readonly id: string;
      readonly tasks: number;
    }
  /** Takes the lock and keeps it for a while (for ever without an end). */
  | { readonly type: 'lock'; readonly workspace: string; readonly forMs: number | null };

/** What a child answers. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'claimed'; readonly code: string }
  | { readonly type: 'acknowledged'; readonly seq: number }
  | { readonly type: 'failed'; readonly code: string }
  | { readonly type: 'locked'; readonly code: string; readonly wasAlone: boolean }
  | { readonly type: 'released'; readonly wasMine: boolean };

const answer = (message: Answer): void => void process.send?.(message);

/** Kept, so that nothing closes a journal. */
const kept: OwnedExecution[] = [];

/** What only one process can do at a time, whatever clocks say. */
function makeAlone(file: string): boolean {
  try {
    fs.writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

async function obey(order: Order): Promise<void> {
  const folder = stateFolderOf(order.workspace);
  switch (order.type) {
    case 'claim': {
      const claimed = claimExecution(folder, order.id, { owner: currentOwner(), why: 'recovery' });
      if (claimed.ok) kept.push(claimed.value);
      answer({ type: 'claimed', code: claimed.ok ? 'ok' : claimed.error.code });
      return;
    }
    case 'storm': {
      const created = createExecution(folder, plan(order.id, order.tasks), 'x');
      if (!created.ok) {
        answer({ type: 'failed', code: created.error.code });
        return;
      }
      const owned = created.value;
      owned.commit([started]);
      for (let index = 0; index < order.tasks; index += 1) {
        for (const event of [taskStarted(`t${String(index)}`), taskFinished(`t${String(index)}`)]) {
          const done = owned.commit([event]);
          if (!done.ok) {
            answer({ type: 'failed', code: done.error.code });
            return;
          }
          answer({ type: 'acknowledged', seq: done.value.seq });
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      return;
    }
    case 'lock': {
      const lock = await acquireViewLock(folder, systemClock);
      const sign = path.join(order.workspace, 'holder');
      const wasAlone = lock.ok && makeAlone(sign);
      answer({ type: 'locked', code: lock.ok ? 'ok' : lock.error.code, wasAlone });
      if (!lock.ok || order.forMs === null) return;
      await new Promise((resolve) => setTimeout(resolve, order.forMs ?? 0));
      const wasMine = lock.value.isMine();
      fs.rmSync(sign, { force: true });
      await lock.value.release();
      answer({ type: 'released', wasMine });
    }
  }
}

process.on('message', (order: Order) => {
  void obey(order);
});
// The parent is gone: nobody would end this process.
process.on('disconnect', () => process.exit());
answer({ type: 'ready' });
