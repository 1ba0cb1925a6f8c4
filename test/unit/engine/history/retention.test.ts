import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { cleanExecutions, planCleaning } from '../../../../src/engine/history/enforce-retention.ts';
import {
  summarizeExecution,
  type HistoryEntry,
} from '../../../../src/engine/history/history-entry.ts';
import { planRetention } from '../../../../src/engine/history/plan-retention.ts';
import { currentOwner } from '../../../../src/engine/liveness/owner.ts';
import { listExecutionIds } from '../../../../src/engine/store/read-execution.ts';
import { executionFolder, type StateFolder } from '../../../../src/engine/store/state-folder.ts';
import { create, idOf, plan, started, temporaryState, value } from '../store/fixtures.ts';
import { writeFinished } from './finished-executions.ts';

const none = { maxCount: null, maxAgeMs: null, maxBytes: null };
const nowMs = Date.parse('2026-11-22T01:00:00.000Z');

describe('planRetention', () => {
  const entry = (minute: number, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...summarizeExecution(plan(idOf(minute * 60))),
    finishedAt: new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString(),
    bytes: 100,
    ...change,
  });
  const [old, middle, fresh] = [entry(1), entry(2), entry(3)];
  const planned = (
    limits: object,
    entries: readonly HistoryEntry[] = [fresh, middle, old],
    kept: readonly string[] = [],
  ) => planRetention(entries, new Set(kept), { ...none, ...limits }, nowMs);

  it('removes nothing without limits', () => {
    assert.deepEqual(planned({}), []);
  });

  it('keeps the newest by count', () => {
    assert.deepEqual(planned({ maxCount: 1 }), [old.id, middle.id]);
  });

  it('keeps what ended lately enough', () => {
    assert.deepEqual(planned({ maxAgeMs: 57.5 * 60_000 }), [old.id, middle.id].slice(0, 2));
    assert.deepEqual(planned({ maxAgeMs: 58.5 * 60_000 }), [old.id]);
  });

  it('keeps the newest that fit into a size, also behind one that does not fit', () => {
    assert.deepEqual(planned({ maxBytes: 250 }), [old.id]);
    const big = entry(2, { bytes: 1000 });
    assert.deepEqual(planned({ maxBytes: 250 }, [fresh, big, old]), [big.id]);
  });

  it('treats an execution and those of its tasks as one', () => {
    const child = entry(3, { parent: old.id });
    assert.deepEqual(planned({ maxCount: 1 }, [child, middle, old]), [old.id, child.id].sort());
    assert.deepEqual(planned({ maxAgeMs: 58.5 * 60_000 }, [child, middle, old]), []);
  });

  it('leaves alone what belongs to an execution that is not over', () => {
    const child = entry(3, { parent: 'running' });
    assert.deepEqual(planned({ maxCount: 0 }, [child, old], ['running']), [old.id]);
  });
});

describe('cleanExecutions', () => {
  let folder: StateFolder;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryState());
  });
  afterEach(() => {
    remove();
  });

  it('removes what was planned, and neither what runs nor what cannot be read', async () => {
    const ids = [0, 1, 2].map((index) => writeFinished(folder, index, { log: 'x'.repeat(1000) }));
    const running = create(folder, idOf(100));
    value(running.commit([started]));
    const damaged = writeFinished(folder, 20);
    const journal = path.join(executionFolder(folder, damaged), 'journal.1.jsonl');
    fs.writeFileSync(journal, `x${fs.readFileSync(journal, 'utf8')}`);
    const cleaning = await planCleaning(folder, { ...none, maxCount: 1 });
    assert.deepEqual(cleaning.ids, ids.slice(0, 2));
    assert.ok(cleaning.bytes > 2000);
    const asked = [...cleaning.ids, running.id, damaged];
    assert.equal(value(await cleanExecutions(folder, asked)), 2);
    assert.deepEqual(listExecutionIds(folder).toSorted(), [ids[2], running.id, damaged].sort());
    assert.deepEqual((await planCleaning(folder, { ...none, maxCount: 0 })).ids, [ids[2]]);
  });

  it('leaves alone what another process takes over just now', async () => {
    const id = writeFinished(folder, 0, { status: 'failed' });
    const claim = { owner: currentOwner(), why: 'retry', nonce: 'n' };
    fs.writeFileSync(path.join(executionFolder(folder, id), 'owner.2'), JSON.stringify(claim));
    assert.equal(value(await cleanExecutions(folder, [id])), 0);
    assert.equal(fs.existsSync(executionFolder(folder, id)), true);
  });
});
