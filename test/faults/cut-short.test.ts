import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readFromJournals } from '../../src/engine/store/executions-on-disk.ts';
import { executionFolder } from '../../src/engine/store/state-folder.ts';
import { create, idOf, temporaryState } from '../unit/engine/store/fixtures.ts';

describe('a folder whose creation was cut short', () => {
  it('takes nobody’s place in a rebuilt view', () => {
    const state = temporaryState();
    create(state.folder, idOf(0)).dispose();
    create(state.folder, idOf(1)).dispose();
    fs.rmSync(`${state.folder.root}/active`, { recursive: true });
    fs.mkdirSync(executionFolder(state.folder, idOf(2)));
    const ids = readFromJournals(state.folder, 2).map((execution) => execution.id);
    assert.deepEqual(ids, [idOf(1), idOf(0)]);
    state.remove();
  });
});
