import assert from 'node:assert/strict';
import { pathThrough } from '../../../../src/webview/graph/edge-path.ts';
import { foldTasks } from '../../../../src/webview/graph/fold-tasks.ts';
import { layOutGraph, type GraphLayout } from '../../../../src/webview/graph/lay-out-graph.ts';
import { nodeSize } from '../../../../src/webview/graph/place-nodes.ts';
import { stepToNode } from '../../../../src/webview/graph/step-to-node.ts';
import { taskRow } from '../fake-task-row.ts';

const diamond = [
  taskRow('a'),
  taskRow('b', { needs: ['a'] }),
  taskRow('c', { needs: ['a'] }),
  taskRow('d', { needs: ['b', 'c'] }),
];

function layered(count: number) {
  return Array.from({ length: count }, (_, index) =>
    taskRow(`t${index}`, { needs: index < 10 ? [] : [`t${index - 10}`, `t${index - 9}`] }),
  );
}

function assertTidy(layout: GraphLayout): void {
  const { nodes, edges, width, height } = layout;
  const places = new Map(nodes.map((node) => [node.id, node]));
  for (const { x, y } of nodes) {
    assert.ok(x >= 0 && y >= 0);
    assert.ok(x + nodeSize.width <= width && y + nodeSize.height <= height);
  }
  for (const { from, to } of edges) {
    const right = (places.get(from)?.x ?? NaN) + nodeSize.width;
    assert.ok(right < (places.get(to)?.x ?? NaN), `${from} is left of ${to}`);
  }
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) {
      const isApart =
        Math.abs(one.x - other.x) >= nodeSize.width || Math.abs(one.y - other.y) >= nodeSize.height;
      assert.ok(isApart, `${one.id} and ${other.id} do not overlap`);
    }
  }
}

describe('the layout of a graph', () => {
  it('puts what a task needs left of it, and nothing on something else', () => {
    assertTidy(layOutGraph(foldTasks(diamond)));
  });

  for (const count of [60, 500]) {
    it(`is tidy with ${count} tasks`, () => {
      const layout = layOutGraph(foldTasks(layered(count)));
      assert.equal(layout.nodes.length, count);
      assertTidy(layout);
    });
  }

  it('puts what runs at the end right of a line behind everything else', () => {
    const layout = layOutGraph(
      foldTasks([
        ...diamond,
        taskRow('tidy', { isFinally: true }),
        taskRow('report', { isFinally: true, needs: ['tidy'] }),
      ]),
    );
    assertTidy(layout);
    for (const { id, x } of layout.nodes) {
      const isLast = id === 'task tidy' || id === 'task report';
      assert.equal(x > (layout.finallyX ?? NaN), isLast, id);
    }
  });

  it('is empty without tasks', () => {
    const { nodes, edges, finallyX } = layOutGraph(foldTasks([]));
    assert.deepEqual({ nodes, edges, finallyX }, { nodes: [], edges: [], finallyX: null });
  });
});

describe('a path through points', () => {
  it('is straight on one level and bent between two', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 20, y: 5.123 },
    ];
    assert.equal(pathThrough(points), 'M0,0L10,0C15,0 15,5.1 20,5.1');
  });
});

describe('the keys in a graph', () => {
  const { nodes } = layOutGraph(foldTasks(diamond));
  const upper = nodes.find(({ id }) => id === 'task b');
  const lower = nodes.find(({ id }) => id === 'task c');
  const [top, bottom] =
    (upper?.y ?? 0) < (lower?.y ?? 0) ? ['task b', 'task c'] : ['task c', 'task b'];

  for (const [from, key, to] of [
    ['task a', 'ArrowLeft', null],
    ['task d', 'Home', 'task a'],
    ['task a', 'End', 'task d'],
    [top, 'ArrowDown', bottom],
    [bottom, 'ArrowUp', top],
    [top, 'ArrowRight', 'task d'],
    [top, 'ArrowLeft', 'task a'],
    ['task a', 'x', null],
  ] as const) {
    it(`${key} leads from ${from} to ${to ?? 'nowhere'}`, () => {
      assert.equal(stepToNode(nodes, from, key), to);
    });
  }
});
