import assert from 'node:assert/strict';
import { readPastRuns } from '../../../../src/engine/history/read-past-runs.ts';
import { updateHistory } from '../../../../src/engine/history/update-history.ts';
import { PastRuns } from '../../../../src/engine/liveness/past-runs.ts';
import { taskHistories } from '../../../../src/engine/liveness/task-history.ts';
import { silentLog } from '../../../../src/engine/ports.ts';
import { readExecution } from '../../../../src/engine/store/read-execution.ts';
import { writeFinished } from '../history/finished-executions.ts';
import { idOf, plan, temporaryState, until, value } from '../store/fixtures.ts';

describe('what is usual for an agent', () => {
  let state: ReturnType<typeof temporaryState>;
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  it('is learned from executions that the view does not show any more, each counted once', async () => {
    const ids = [0, 1, 2, 3, 4, 5].map((index) => writeFinished(state.folder, index));
    writeFinished(state.folder, 6, { agent: 'b' });
    value(await updateHistory(state.folder, { search: 'names' }));
    const past = await readPastRuns(state.folder, 'a');
    assert.equal(past.length, 6);
    const shown = [value(readExecution(state.folder, ids[5]!))];
    const now = plan(idOf(9999), 1, { status: 'running' });
    assert.deepEqual(taskHistories(now, shown, past).get('t0'), { runs: 6, p95Ms: 1000 });
    assert.equal(taskHistories(now, shown).get('t0')?.runs, 1);
  });

  it('is not known where no history is kept', async () => {
    writeFinished(state.folder, 0);
    assert.deepEqual(await readPastRuns(state.folder, 'a'), []);
  });

  it('is read once in ten minutes, by nobody who waits', async () => {
    writeFinished(state.folder, 0);
    value(await updateHistory(state.folder, { search: 'names' }));
    let reads = 0;
    const past = new PastRuns((agent) => {
      reads += 1;
      return readPastRuns(state.folder, agent);
    }, silentLog);
    assert.deepEqual(past.of('a', 0), []);
    await until('the entry', () => past.of('a', 1000).length === 1);
    assert.equal(reads, 1);
    assert.equal(past.of('a', 700_000).length, 1);
    assert.equal(reads, 2);
  });

  it('stays as it is when it cannot be read, which is told', async () => {
    const told: string[] = [];
    const log = { ...silentLog, warn: (text: string) => told.push(text) };
    const past = new PastRuns(() => Promise.reject(new Error('no')), log);
    assert.deepEqual(past.of('a', 0), []);
    await until('a word', () => told.length === 1);
    assert.deepEqual(past.of('a', 1), []);
  });
});
