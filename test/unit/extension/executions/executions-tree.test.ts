import assert from 'node:assert/strict';
import type { Execution } from '../../../../src/model/execution.ts';
import type { NodeRef } from '../../../../src/extension/folder-state.ts';
import { noFilter } from '../../../../src/extension/executions/executions-filter.ts';
import {
  executionsTree,
  limitKey,
  type TreeShape,
} from '../../../../src/extension/executions/executions-tree.ts';
import { KeptTree, type KeptNode } from '../../../../src/extension/tree/kept-tree.ts';
import { executionWith, newAttempt, newFolder, newVerdict } from '../build-folder.ts';

const now = new Date('2026-11-22T15:00:00.000Z');
const flat: TreeShape = { limits: new Map(), isGrouped: false, filter: noFilter };
const longAgo = '2026-10-01T10:00:00.000Z';
const grouped: TreeShape = { ...flat, isGrouped: true };

function outline(tree: KeptTree<NodeRef>, node: KeptNode<NodeRef> | null = null): unknown[] {
  return tree.childrenOf(node).map((child) => {
    const below = outline(tree, child);
    return below.length === 0 ? child.item.label : { [child.item.label]: below };
  });
}

function treeOf(...folders: Parameters<typeof executionsTree>[0]): KeptTree<NodeRef> {
  const tree = new KeptTree<NodeRef>();
  tree.update(executionsTree(folders, flat, now));
  return tree;
}

describe('executionsTree', () => {
  it('goes from executions over tasks to attempts', () => {
    const execution = executionWith({
      lint: {},
      test: { attempts: [newAttempt(), newAttempt({ attempt: 2 })] },
    });
    assert.deepEqual(outline(treeOf(newFolder({ executions: [execution] }))), [
      { 'Release check': ['lint', { test: ['Attempt 1', 'Attempt 2'] }] },
    ]);
  });

  it('puts the combinations of a matrix under one row where the first of them stands', () => {
    const execution = executionWith({
      lint: {},
      'build (linux)': { group: 'build' },
      test: {},
      'build (mac)': { group: 'build' },
    });
    assert.deepEqual(outline(treeOf(newFolder({ executions: [execution] }))), [
      { 'Release check': ['lint', { build: ['build (linux)', 'build (mac)'] }, 'test'] },
    ]);
  });

  it('puts a child execution under the task that runs it', () => {
    const child = executionWith(
      { sub: {} },
      { id: 'child', name: 'Notes', parent: { execution: 'parent', task: 'notes' } },
    );
    const parent = executionWith({ notes: { kind: 'uses', child: 'child' } }, { id: 'parent' });
    assert.deepEqual(outline(treeOf(newFolder({ executions: [child, parent] }))), [
      { 'Release check': [{ notes: [{ Notes: ['sub'] }] }] },
    ]);
  });

  it('lets a child whose parent is gone stand for itself', () => {
    const child = executionWith(
      {},
      { name: 'Notes', parent: { execution: 'gone', task: 'notes' } },
    );
    assert.deepEqual(outline(treeOf(newFolder({ executions: [child] }))), ['Notes']);
  });

  it('has folders as a level only when several have executions', () => {
    const app = newFolder({ executions: [executionWith({})] });
    const empty = newFolder({ key: 'file:///projects/empty', name: 'empty' });
    assert.deepEqual(outline(treeOf(app, empty)), ['Release check']);
    const lib = newFolder({
      key: 'file:///projects/lib',
      name: 'lib',
      executions: [executionWith({})],
    });
    assert.deepEqual(outline(treeOf(app, lib)), [
      { app: ['Release check'] },
      { lib: ['Release check'] },
    ]);
  });

  it('gives different ids to equal executions of folders with the same name', () => {
    const one = newFolder({ executions: [executionWith({})] });
    const other = newFolder({ key: 'file:///other/app', executions: [executionWith({})] });
    const tree = treeOf(one, other);
    const ids = tree
      .childrenOf(null)
      .flatMap((folder) => tree.childrenOf(folder).map(({ id }) => id));
    assert.equal(new Set(ids).size, 2);
  });

  it('shows a page, and how many are left', () => {
    const executions = Array.from({ length: 53 }, (_, index) =>
      executionWith({}, { id: `execution-${String(index)}` }),
    );
    const rows = treeOf(newFolder({ executions })).childrenOf(null);
    assert.equal(rows.length, 51);
    assert.equal(rows.at(-1)?.item.label, 'Show more…');
    assert.equal(rows.at(-1)?.item.description, '3 older');
    const all = executionsTree(
      [newFolder({ executions })],
      { ...flat, limits: new Map([['file:///projects/app', 100]]) },
      now,
    );
    assert.equal(all.length, 53);
  });

  it('refreshes one task row when only that task moved', () => {
    const before = executionWith(
      { lint: { status: 'running' }, test: { attempts: [newAttempt()] } },
      { status: 'running' },
    );
    const after: Execution = {
      ...before,
      tasks: before.tasks.map((task) =>
        task.id === 'test'
          ? { ...task, attempts: [newAttempt(), newAttempt({ attempt: 2 })] }
          : task,
      ),
    };
    const tree = treeOf(newFolder({ executions: [before] }));
    outline(tree);
    const { rows: changed } = tree.update(
      executionsTree([newFolder({ executions: [after] })], flat, now),
    );
    assert.deepEqual(
      changed.map((node) => node?.ref.kind),
      ['task'],
    );
  });

  it('refreshes nothing when only the evidence of a verdict changed', () => {
    const executions = [executionWith({ test: { status: 'running' } }, { status: 'running' })];
    const first = newFolder({ executions, verdicts: [newVerdict()] });
    const tree = treeOf(first);
    outline(tree);
    const later = newFolder({
      executions,
      verdicts: [newVerdict({ evidence: 'no output for 9 m' })],
    });
    assert.deepEqual(tree.update(executionsTree([later], flat, now)), { rows: [], sums: [] });
  });

  it('puts executions under headings: what is not over, what failed, today, older', () => {
    const executions = [
      executionWith({}, { id: 'a', name: 'Runs', status: 'running' }),
      executionWith({}, { id: 'b', name: 'Waits', status: 'waiting', createdAt: longAgo }),
      executionWith({}, { id: 'c', name: 'Ended', status: 'succeeded' }),
      executionWith({}, { id: 'd', name: 'Broke', status: 'failed', createdAt: longAgo }),
      executionWith({}, { id: 'e', name: 'Lost', status: 'interrupted' }),
      executionWith({}, { id: 'f', name: 'Old', status: 'cancelled', createdAt: longAgo }),
    ];
    const tree = new KeptTree<NodeRef>();
    tree.update(executionsTree([newFolder({ executions })], grouped, now));
    assert.deepEqual(outline(tree), [
      { Running: ['Runs', 'Waits'] },
      { Failed: ['Broke', 'Lost'] },
      { Today: ['Ended'] },
      { Older: ['Old'] },
    ]);
    assert.deepEqual(
      tree.childrenOf(null).map(({ item }) => item.description),
      ['2', '2', '1', '1'],
    );
  });

  it('keeps the row of an execution that moves from one heading to another', () => {
    const before = [
      executionWith({ lint: {} }, { id: 'a', status: 'running' }),
      executionWith({}, { id: 'b', status: 'running' }),
      executionWith({}, { id: 'c', status: 'succeeded' }),
    ];
    const tree = new KeptTree<NodeRef>();
    tree.update(executionsTree([newFolder({ executions: before })], grouped, now));
    outline(tree);
    const [running, today] = tree.childrenOf(null);
    assert.ok(running && today);
    const [row] = tree.childrenOf(running);
    const after = before.map((one) => (one.id === 'a' ? { ...one, status: 'succeeded' } : one));
    const folder = newFolder({ executions: after as typeof before });
    const { rows: changed } = tree.update(executionsTree([folder], grouped, now));
    assert.deepEqual(changed, [running, today]);
    assert.deepEqual(tree.childrenOf(running).length, 1);
    assert.equal(tree.childrenOf(today)[0], row);
    assert.equal(row?.parent, today);
  });

  it('shows ten failures, and pages each heading by itself', () => {
    const executions = ['failed', 'succeeded'].flatMap((status) =>
      Array.from({ length: 12 }, (_, index) =>
        executionWith({}, { id: `${status}-${String(index)}`, status: status as 'failed' }),
      ),
    );
    const folder = newFolder({ executions });
    const counts = (shape: TreeShape): readonly number[] => {
      const tree = new KeptTree<NodeRef>();
      tree.update(executionsTree([folder], shape, now));
      return tree.childrenOf(null).map((section) => tree.childrenOf(section).length);
    };
    assert.deepEqual(counts(grouped), [11, 12]);
    const limits = new Map([[limitKey(folder.key, 'failed'), 60]]);
    assert.deepEqual(counts({ ...grouped, limits }), [12, 12]);
  });

  it('shows what the filter wants, an execution also for one that ran for it', () => {
    const executions = [
      executionWith(
        {},
        { id: 'child', agent: 'notes', parent: { execution: 'parent', task: 'sub' } },
      ),
      executionWith({ sub: { child: 'child' } }, { id: 'parent', agent: 'release' }),
      executionWith({}, { id: 'other', agent: 'build', name: 'Build' }),
    ];
    const shape = { ...flat, filter: { states: [], agents: ['notes'] } };
    const rows = executionsTree([newFolder({ executions })], shape, now);
    assert.deepEqual(
      rows.map(({ item }) => item.label),
      ['Release check'],
    );
  });

  it('is empty where nothing matches the filter, also with several folders', () => {
    const one = newFolder({ executions: [executionWith({})] });
    const other = newFolder({ key: 'file:///other', executions: [executionWith({})] });
    const shape = { ...grouped, filter: { states: ['failed'], agents: [] } } as const;
    assert.deepEqual(executionsTree([one, other], shape, now), []);
  });
});
