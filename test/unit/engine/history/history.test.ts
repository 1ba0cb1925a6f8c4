import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { historyFolder } from '../../../../src/engine/history/history-files.ts';
import type { HistoryQuery } from '../../../../src/engine/history/history-query.ts';
import { readHistoryPage } from '../../../../src/engine/history/read-history.ts';
import { updateHistory } from '../../../../src/engine/history/update-history.ts';
import { currentOwner } from '../../../../src/engine/liveness/owner.ts';
import { encodeClaim, encodeEvents } from '../../../../src/engine/store/journal-line.ts';
import { readExecution } from '../../../../src/engine/store/read-execution.ts';
import { executionFolder, type StateFolder } from '../../../../src/engine/store/state-folder.ts';
import {
  at,
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  value,
} from '../store/fixtures.ts';
import { writeFinished } from './finished-executions.ts';

describe('history', () => {
  let folder: StateFolder;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryState());
  });
  afterEach(() => {
    remove();
  });

  const update = async (search: 'names' | 'all' = 'names') =>
    value(await updateHistory(folder, { search }));
  const page = (query: HistoryQuery = {}, limit = 1000, before?: string) =>
    readHistoryPage(folder, [], { query, limit, ...(before === undefined ? {} : { before }) });
  const ids = (query: HistoryQuery = {}) => page(query).items.map(({ id }) => id);
  const write = (count: number, from = 0): string[] =>
    Array.from({ length: count }, (_, index) => writeFinished(folder, from + index));
  const files = (): string[] => fs.readdirSync(historyFolder(folder));

  it('finds what is on the disk and lists it newest first', async () => {
    const written = write(3);
    assert.deepEqual(await update(), { added: 3, removed: 0, isBusy: false });
    assert.deepEqual(ids(), written.toReversed());
    assert.deepEqual(await update(), { added: 0, removed: 0, isBusy: false });
  });

  it('summarizes an execution from its journal', async () => {
    const id = writeFinished(folder, 0, {
      status: 'failed',
      message: 'exited with code 1',
      inputs: { version: '1.2' },
      log: '12345',
    });
    await update();
    const [item] = page().items;
    const { bytes, ...entry } = item as { bytes: number };
    assert.ok(bytes > 5);
    assert.deepEqual(entry, {
      id,
      agent: 'a',
      name: 'A',
      status: 'failed',
      reason: 'exit',
      message: 'exited with code 1',
      parent: null,
      createdAt: '2026-11-22T00:00:00.000Z',
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      attempt: 1,
      inputs: 'version=1.2',
      tasks: [['t0', 1, 1, []]],
      failed: { task: 't0', message: 'exited with code 1' },
      epoch: 1,
      seq: 5,
    });
  });

  it('pages through everything once, over many segments and what came later', async () => {
    const written = write(1600);
    await update();
    written.push(...write(7, 1600));
    await update();
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const { items, next } = page({}, 300, before);
      seen.push(...items.map(({ id }) => id));
      before = next ?? undefined;
    } while (before !== undefined);
    assert.deepEqual(seen, written.toReversed());
  });

  it('filters by agent, status, time and words', async () => {
    const backup = writeFinished(folder, 0, { agent: 'ops/backup', inputs: { host: 'Alpha' } });
    const broken = writeFinished(folder, 1, { status: 'failed', message: 'no "space" left' });
    const last = writeFinished(folder, 400, { status: 'cancelled' });
    await update();
    assert.deepEqual(ids({ agent: 'ops/backup' }), [backup]);
    assert.deepEqual(ids({ statuses: ['failed', 'cancelled'] }), [last, broken]);
    assert.deepEqual(ids({ since: '2026-11-22T00:00:10.000Z' }), [last, broken]);
    assert.deepEqual(ids({ until: '2026-11-22T00:00:10.000Z' }), [backup]);
    assert.deepEqual(ids({ text: 'alpha backup' }), [backup]);
    assert.deepEqual(ids({ text: '"space"' }), [broken]);
    assert.deepEqual(ids({ text: 'nothing' }), []);
  });

  it('puts what the view shows in its place, in the state that the view knows', async () => {
    const written = write(3);
    await update();
    const running = {
      ...value(readExecution(folder, written[1] ?? '')),
      status: 'running' as const,
    };
    const { items } = readHistoryPage(folder, [running], { query: {}, limit: 10 });
    assert.deepEqual(
      items.map(({ id, status }) => [id, status]),
      [
        [written[2], 'succeeded'],
        [written[1], 'running'],
        [written[0], 'succeeded'],
      ],
    );
  });

  it('takes over what ended just now without looking at the rest', async () => {
    write(2);
    const execution = value(readExecution(folder, idOf(0)));
    assert.equal(value(await updateHistory(folder, { put: [execution] })).added, 1);
    assert.deepEqual(ids(), [idOf(0)]);
    await update();
    assert.deepEqual(ids(), [idOf(10), idOf(0)]);
  });

  it('leaves out what is not over, and finds it when it is', async () => {
    const owned = create(folder, idOf(0));
    await update();
    assert.deepEqual(ids(), []);
    value(owned.commit([started]));
    value(owned.commit([finished]));
    await update();
    assert.deepEqual(ids(), [idOf(0)]);
  });

  it('forgets what was removed, also before anybody looked', async () => {
    const [first, second, third] = write(3);
    await update();
    fs.rmSync(executionFolder(folder, second ?? ''), { recursive: true });
    assert.deepEqual(ids(), [third, first]);
    assert.equal((await update()).removed, 1);
    value(await updateHistory(folder, { drop: [third ?? ''] }));
    assert.deepEqual(ids(), [first]);
  });

  it('skips what cannot be read, and reads it when it was mended', async () => {
    const [first] = write(2);
    const journal = path.join(executionFolder(folder, first ?? ''), 'journal.1.jsonl');
    const bytes = fs.readFileSync(journal);
    fs.unlinkSync(journal);
    await update();
    assert.deepEqual(ids(), [idOf(10)]);
    fs.writeFileSync(journal, bytes);
    await update();
    assert.deepEqual(ids(), [idOf(10), first]);
  });

  for (const [what, spoil] of [
    ['deleted', () => fs.rmSync(historyFolder(folder), { recursive: true })],
    ['without its index', () => fs.rmSync(path.join(historyFolder(folder), 'index.json'))],
    ['with an index of nonsense', () => fs.writeFileSync(fileOf('index'), '{"version":1}')],
    ['without a segment', () => fs.rmSync(fileOf('segment'))],
    ['with a changed segment', () => fs.writeFileSync(fileOf('segment'), 'x\n{"id":7}\n')],
    ['with a cut line', () => fs.truncateSync(fileOf('recent'), 100)],
  ] as const) {
    it(`is whole again when it was found ${what}`, async () => {
      const written = write(600);
      await update();
      written.push(...write(3, 600));
      await update();
      spoil();
      await update('all');
      assert.deepEqual(
        page({}, 2000).items.map(({ id }) => id),
        written.toReversed(),
      );
      const known = new Set(files());
      assert.equal(known.has('lock'), false);
    });
  }

  function fileOf(what: string): string {
    const name = files().find((file) => file.startsWith(what));
    // The one that was written last: the others may be kept only for readers.
    const newest = files()
      .filter((file) => file.startsWith(what))
      .sort((a, b) => fs.statSync(full(b)).mtimeMs - fs.statSync(full(a)).mtimeMs)[0];
    return full(newest ?? name ?? '');
  }
  function full(file: string): string {
    return path.join(historyFolder(folder), file);
  }

  it('reads from the journals what a segment lost, and says so', async () => {
    write(600);
    await update();
    fs.rmSync(fileOf('segment'));
    const { isComplete, items } = page({}, 5000);
    assert.equal(isComplete, false);
    assert.equal(items.length, 600);
  });

  it('shows a retried execution as it is now, and notes it with a thorough search', async () => {
    const id = writeFinished(folder, 0, { status: 'failed' });
    await update();
    const home = executionFolder(folder, id);
    const prevBytes = fs.statSync(path.join(home, 'journal.1.jsonl')).size;
    fs.writeFileSync(path.join(home, 'owner.2'), '{}');
    const claim = encodeClaim(2, 5, { prev: 1, prevBytes });
    const again = encodeEvents(2, 6, [
      { type: 'execution-restarted', at, why: 'retry', by: 'ada', tasks: ['t0'] },
      started,
      taskStarted('t0', 2),
      taskFinished('t0', 2),
      finished,
    ]);
    fs.writeFileSync(path.join(home, 'journal.2.jsonl'), Buffer.concat([claim, again]));
    assert.equal(page().items[0]?.status, 'succeeded');
    assert.deepEqual(ids({ statuses: ['failed'] }), []);
    assert.equal((await update()).added, 0);
    assert.equal((await update('all')).added, 1);
  });

  it('is left to whoever is at it', async () => {
    write(1);
    fs.mkdirSync(historyFolder(folder), { recursive: true });
    const owner = JSON.stringify(currentOwner());
    fs.writeFileSync(path.join(historyFolder(folder), 'lock'), owner);
    assert.deepEqual(await update(), { added: 0, removed: 0, isBusy: true });
  });

  it('does not wait for a process that is gone', async () => {
    write(1);
    fs.mkdirSync(historyFolder(folder), { recursive: true });
    const owner = deadOwner();
    fs.writeFileSync(path.join(historyFolder(folder), 'lock'), JSON.stringify(owner));
    assert.equal((await update()).added, 1);
  });

  it('makes no state folder where there is none', async () => {
    await update();
    assert.equal(fs.existsSync(folder.root), false);
    assert.deepEqual(ids(), []);
  });
});
