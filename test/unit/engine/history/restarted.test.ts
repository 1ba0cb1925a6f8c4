/** Executions of the history that were retried since, by a runner that died before it could note their end. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { ExecutionEvent } from '../../../../src/model/events.ts';
import { updateHistory } from '../../../../src/engine/history/update-history.ts';
import { allExecutions, listExecutions } from '../../../../src/engine/history/list-executions.ts';
import { recoverInterrupted } from '../../../../src/engine/liveness/recover.ts';
import {
  claimExecution,
  type OwnedExecution,
} from '../../../../src/engine/store/owned-execution.ts';
import { endedFolder } from '../../../../src/engine/store/active-marks.ts';
import {
  at,
  create,
  deadOwner,
  finished,
  idOf,
  started,
  temporaryState,
  value,
} from '../store/fixtures.ts';
import { ok } from '../../../../src/model/result.ts';

const failed = { ...finished, status: 'failed', message: 'it broke' } as ExecutionEvent;
const restarted: ExecutionEvent = {
  type: 'execution-restarted',
  at,
  why: 'retry',
  by: 'me',
  tasks: ['t0'],
};

describe('the history of an execution that was retried', () => {
  let state: ReturnType<typeof temporaryState>;
  beforeEach(async () => {
    state = temporaryState();
    const owned = create(state.folder, idOf(0));
    value(owned.commit([started]));
    value(owned.commit([failed]));
    owned.dispose();
    value(await updateHistory(state.folder, { search: 'names' }));
    // As on a folder that was quiet for a while: that alone must not lead to a look.
    const old = new Date(Date.now() - 60_000);
    fs.utimesSync(`${state.folder.root}/executions`, old, old);
    value(await updateHistory(state.folder, { search: 'names' }));
  });
  afterEach(() => state.remove());

  const retry = (): OwnedExecution =>
    value(
      claimExecution(state.folder, idOf(0), {
        owner: deadOwner(),
        why: 'retry',
        first: () => ok([restarted]),
      }),
    );
  const inHistory = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const entries of allExecutions(state.folder, [])) {
      found.push(...entries.map(({ status }) => status));
    }
    return found;
  };
  const withStatus = async (status: string): Promise<number> => {
    const query = { statuses: [status] };
    return (await listExecutions(state.folder, [], { query, limit: 9 })).items.length;
  };

  it('has its new end, although nobody noted it', async () => {
    const owned = retry();
    value(owned.commit([started, finished]));
    owned.dispose();
    assert.deepEqual(await inHistory(), ['succeeded']);
    assert.equal(await withStatus('succeeded'), 1);
    assert.equal(await withStatus('failed'), 0);
  });

  it('has the interruption, when its runner died', async () => {
    const owned = retry();
    value(owned.commit([started]));
    recoverInterrupted(state.folder, [owned.state]);
    owned.dispose();
    assert.deepEqual(await inHistory(), ['interrupted']);
    assert.equal(await withStatus('failed'), 0);
  });

  it('keeps no marks of what it knows', async () => {
    const owned = retry();
    value(owned.commit([started, finished]));
    owned.dispose();
    assert.deepEqual(fs.readdirSync(endedFolder(state.folder)), [`${idOf(0)}.2`]);
    value(await updateHistory(state.folder, { put: [owned.state] }));
    assert.deepEqual(fs.readdirSync(endedFolder(state.folder)), []);
  });
});
