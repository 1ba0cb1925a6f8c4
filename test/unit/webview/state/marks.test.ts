import assert from 'node:assert/strict';
import { toListRow } from '../../../../src/extension/dashboard/to-list-row.ts';
import { commandsForMarked, toggleMarked } from '../../../../src/webview/state/marks.ts';
import { menuContext } from '../../../../src/webview/parts/menu-context.ts';
import { fakeExecution } from '../../../webview/fake-executions.ts';

describe('marks of executions', () => {
  it('start with the selected one, and end with it', () => {
    assert.deepEqual(toggleMarked([], 'a', 'b'), ['a', 'b']);
    assert.deepEqual(toggleMarked(['a', 'b'], 'a', 'c'), ['a', 'b', 'c']);
    assert.deepEqual(toggleMarked(['a', 'b'], 'a', 'b'), []);
    assert.deepEqual(toggleMarked([], null, 'b'), ['b']);
  });

  it('are asked only for what is possible', () => {
    const rows = (['running', 'failed', 'interrupted', 'succeeded'] as const).map((status, index) =>
      toListRow(fakeExecution(index, status, 1_800_000_000_000), false),
    );
    const { cancel, retry, resume } = commandsForMarked(rows);
    assert.deepEqual([cancel, retry, resume], [[rows[0]?.key], [rows[1]?.key], [rows[2]?.key]]);
  });
});

describe('the context menu of a row', () => {
  it('gets the folder and the id out of the key', () => {
    const context = JSON.parse(
      menuContext('file:///a%20b 2026-x', '2026-x', 'failed', 'test'),
    ) as object;
    assert.deepEqual(context, {
      webviewSection: 'task',
      executionStatus: 'failed',
      folder: 'file:///a%20b',
      execution: '2026-x',
      task: 'test',
      preventDefaultContextMenuItems: true,
    });
  });
});
