import assert from 'node:assert/strict';
import { foldTasks, statusOfAll } from '../../../../src/webview/graph/fold-tasks.ts';
import { ranRow, taskRow } from '../fake-task-row.ts';

describe('the graph of the tasks', () => {
  it('has one node for all combinations of a matrix, and one edge for all their needs', () => {
    const { nodes, edges } = foldTasks([
      taskRow('prepare'),
      taskRow('test (a)', { group: 'test', needs: ['prepare'] }),
      taskRow('test (b)', { group: 'test', needs: ['prepare'] }),
      taskRow('publish', { needs: ['test (a)', 'test (b)'] }),
    ]);
    assert.deepEqual(
      nodes.map(({ name, isGroup, tasks }) => ({ name, isGroup, count: tasks.length })),
      [
        { name: 'prepare', isGroup: false, count: 1 },
        { name: 'test', isGroup: true, count: 2 },
        { name: 'publish', isGroup: false, count: 1 },
      ],
    );
    assert.deepEqual(edges, [
      { from: 'task prepare', to: 'group test' },
      { from: 'group test', to: 'task publish' },
    ]);
  });

  it('leaves out needs of tasks that are not there yet', () => {
    assert.deepEqual(foldTasks([undefined, taskRow('b', { needs: ['a'] })]).edges, []);
  });

  it('keeps a task and a group of the same name apart', () => {
    const { nodes } = foldTasks([taskRow('x'), taskRow('x (1)', { group: 'x' })]);
    assert.equal(new Set(nodes.map(({ id }) => id)).size, 2);
  });

  it('has the same shape whatever the states, and another one with another edge', () => {
    const before = foldTasks([taskRow('a'), taskRow('b', { needs: ['a'] })]);
    const after = foldTasks([ranRow('a', 1, 2), taskRow('b', { needs: ['a'] })]);
    assert.equal(after.shape, before.shape);
    assert.notEqual(foldTasks([taskRow('a'), taskRow('b')]).shape, before.shape);
  });

  describe('says of a group', () => {
    const cases = [
      [['succeeded', 'running', 'failed'], 'running'],
      [['succeeded', 'failed'], 'failed'],
      [['succeeded', 'pending'], 'running'],
      [['pending', 'pending'], 'pending'],
      [['succeeded', 'skipped'], 'succeeded'],
      [['skipped', 'skipped'], 'skipped'],
    ] as const;
    for (const [statuses, expected] of cases) {
      it(`${expected} of ${statuses.join(', ')}`, () => {
        const tasks = statuses.map((status, index) => taskRow(String(index), { status }));
        assert.equal(statusOfAll(tasks), expected);
      });
    }
  });
});
