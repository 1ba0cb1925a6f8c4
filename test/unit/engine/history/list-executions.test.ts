import assert from 'node:assert/strict';
import fs from 'node:fs';
import { historyFolder } from '../../../../src/engine/history/history-files.ts';
import { allExecutions, listExecutions } from '../../../../src/engine/history/list-executions.ts';
import { noteFinished } from '../../../../src/engine/history/note-finished.ts';
import { HistoryScan } from '../../../../src/engine/history/read-history.ts';
import { nodeDisk, type Disk } from '../../../../src/engine/store/disk.ts';
import { readExecution } from '../../../../src/engine/store/read-execution.ts';
import { stateFolderOf, type StateFolder } from '../../../../src/engine/store/state-folder.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { idOf, temporaryState, value } from '../store/fixtures.ts';
import { writeFinished } from './finished-executions.ts';

describe('listExecutions', () => {
  let folder: StateFolder;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryState());
  });
  afterEach(() => {
    remove();
  });

  const write = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => writeFinished(folder, index));
  const viewOf = (...ids: string[]): Execution[] =>
    ids.map((id) => value(readExecution(folder, id)));
  const idsOf = async (view: readonly Execution[], limit: number, before?: string) => {
    const request = { query: {}, limit, ...(before === undefined ? {} : { before }) };
    const { items, next } = await listExecutions(folder, view, request);
    return { ids: items.map(({ id }) => id), next };
  };
  const hasHistory = (): boolean => fs.existsSync(historyFolder(folder));

  it('needs no history where the view has everything, or the whole page', async () => {
    const [a = '', b = '', c = ''] = write(3);
    assert.deepEqual(await idsOf(viewOf(c, b, a), 10), { ids: [c, b, a], next: null });
    assert.deepEqual(await idsOf(viewOf(c, b), 1), { ids: [c], next: c });
    assert.equal(hasHistory(), false);
  });

  it('goes on where the view ends', async () => {
    const [a = '', b = '', c = '', d = ''] = write(4);
    assert.deepEqual(await idsOf(viewOf(d, c), 2), { ids: [d, c], next: c });
    assert.deepEqual(await idsOf(viewOf(d, c), 2, c), { ids: [b, a], next: null });
    assert.deepEqual(await idsOf(viewOf(d, c), 10), { ids: [d, c, b, a], next: null });
    assert.equal(hasHistory(), true);
  });

  it('reads the journals where nothing can be written', async () => {
    const [a, b] = write(2);
    const refuse = (): never => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    };
    const disk: Disk = { ...nodeDisk, mkdir: refuse };
    folder = stateFolderOf(folder.workspace, undefined, disk);
    assert.deepEqual(await idsOf([], 10), { ids: [b, a], next: null });
    assert.deepEqual(await idsOf([], 1), { ids: [b], next: b });
  });

  it('gives every execution once to whoever counts', async () => {
    const [a = '', b = '', c = ''] = write(3);
    const seen: string[] = [];
    for await (const entries of allExecutions(folder, viewOf(c))) {
      seen.push(...entries.map(({ id }) => id));
    }
    assert.deepEqual(seen, [c, b, a]);
  });

  it('notes what ended where a history is kept, and only there', async () => {
    const [a = ''] = write(1);
    await noteFinished(folder, a);
    assert.equal(hasHistory(), false);
    await idsOf([], 10);
    const later = writeFinished(folder, 5);
    await noteFinished(folder, later);
    const known = [...new HistoryScan(folder).batches()].flat().map(({ id }) => id);
    assert.deepEqual(known, [idOf(50), a]);
  });
});
