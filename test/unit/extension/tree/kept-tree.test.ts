import assert from 'node:assert/strict';
import {
  KeptTree,
  type NodeItem,
  type NodeSpec,
} from '../../../../src/extension/tree/kept-tree.ts';

const item: NodeItem = {
  label: 'a',
  description: '',
  icon: { id: 'pass', color: null },
  context: '',
  spoken: '',
  open: 'collapsed',
  click: null,
};

function spec(
  id: string,
  stamp: unknown,
  children: readonly NodeSpec<string>[] = [],
): NodeSpec<string> {
  return {
    id,
    ref: id,
    item: { ...item, label: id, description: String(stamp) },
    stamps: [stamp, ...children.flatMap((child) => child.stamps)],
    children: children.length === 0 ? null : () => children,
  };
}

/** The parent's look does not depend on its children here. */
function parent(id: string, children: readonly NodeSpec<string>[]): NodeSpec<string> {
  return { ...spec(id, 'same', children), children: () => children };
}

describe('KeptTree', () => {
  it('gives the same node for the same id', () => {
    const tree = new KeptTree<string>();
    tree.update([spec('a', 1)]);
    const [before] = tree.childrenOf(null);
    tree.update([spec('a', 2)]);
    const [after] = tree.childrenOf(null);
    assert.equal(before, after);
    assert.equal(after?.item.description, '2');
  });

  it('refreshes nothing when nothing changed', () => {
    const tree = new KeptTree<string>();
    tree.update([spec('a', 1), spec('b', 1)]);
    assert.deepEqual(tree.update([spec('a', 1), spec('b', 1)]), { rows: [], sums: [] });
  });

  it('refreshes only the node whose look changed', () => {
    const tree = new KeptTree<string>();
    tree.update([spec('a', 1), spec('b', 1)]);
    const { rows: changed } = tree.update([spec('a', 1), spec('b', 2)]);
    assert.deepEqual(
      changed.map((node) => node?.id),
      ['b'],
    );
  });

  it('refreshes the whole tree when a top node comes or goes', () => {
    const tree = new KeptTree<string>();
    tree.update([spec('a', 1)]);
    assert.deepEqual(tree.update([spec('b', 1), spec('a', 1)]).rows, [null]);
  });

  it('refreshes a child alone when its parent looks the same', () => {
    const tree = new KeptTree<string>();
    tree.update([parent('a', [spec('a/1', 1), spec('a/2', 1)])]);
    tree.childrenOf(tree.childrenOf(null)[0]!);
    const { rows: changed } = tree.update([parent('a', [spec('a/1', 1), spec('a/2', 2)])]);
    assert.deepEqual(
      changed.map((node) => node?.id),
      ['a/2'],
    );
  });

  it('refreshes a parent that gets another child', () => {
    const tree = new KeptTree<string>();
    tree.update([parent('a', [spec('a/1', 1)])]);
    tree.childrenOf(tree.childrenOf(null)[0]!);
    const { rows: changed } = tree.update([parent('a', [spec('a/1', 1), spec('a/2', 1)])]);
    assert.deepEqual(
      changed.map((node) => node?.id),
      ['a'],
    );
  });

  it('tells of a row that only sums up others apart from those', () => {
    const tree = new KeptTree<string>();
    tree.update([spec('a', 1, [spec('a/1', 1), spec('a/2', 1)])]);
    tree.childrenOf(tree.childrenOf(null)[0]!);
    const { rows, sums } = tree.update([spec('a', 2, [spec('a/1', 1), spec('a/2', 2)])]);
    assert.deepEqual(
      [rows, sums].map((nodes) => nodes.map((node) => node?.id)),
      [['a/2'], ['a']],
    );
  });

  it('refreshes such a row with all below it where many of them changed, or its look did', () => {
    const tree = new KeptTree<string>();
    const children = (stamp: number): NodeSpec<string>[] =>
      [1, 2, 3, 4, 5].map((number) => spec(`a/${String(number)}`, stamp));
    tree.update([spec('a', 1, children(1))]);
    tree.childrenOf(tree.childrenOf(null)[0]!);
    const ids = ({ rows, sums }: ReturnType<typeof tree.update>): unknown =>
      [rows, sums].map((nodes) => nodes.map((node) => node?.id));
    assert.deepEqual(ids(tree.update([spec('a', 2, children(2))])), [['a'], []]);
    const over = spec('a', 3, [spec('a/1', 3), ...children(2).slice(1)]);
    const look = { ...over.item, icon: { id: 'error', color: null } };
    assert.deepEqual(ids(tree.update([{ ...over, item: look }])), [['a'], []]);
  });

  it('says nothing about children that nobody looked at', () => {
    const tree = new KeptTree<string>();
    tree.update([parent('a', [spec('a/1', 1)])]);
    assert.deepEqual(tree.update([parent('a', [spec('a/1', 2)])]).rows, []);
    const [child] = tree.childrenOf(tree.childrenOf(null)[0]!);
    assert.equal(child?.item.description, '2');
  });

  it('keeps children in place when their parent is refreshed as a whole', () => {
    const tree = new KeptTree<string>();
    tree.update([spec('a', 1, [spec('a/1', 1)])]);
    const [child] = tree.childrenOf(tree.childrenOf(null)[0]!);
    const { rows: changed } = tree.update([
      { ...spec('a', 2, [spec('a/1', 2)]), item: { ...item, label: 'b' } },
    ]);
    assert.deepEqual(
      changed.map((node) => node?.id),
      ['a'],
    );
    assert.equal(tree.childrenOf(tree.childrenOf(null)[0]!)[0], child);
    assert.equal(child?.item.description, '2');
  });

  it('knows the parent of a node', () => {
    const tree = new KeptTree<string>();
    tree.update([parent('a', [spec('a/1', 1)])]);
    const [top] = tree.childrenOf(null);
    const [child] = tree.childrenOf(top!);
    assert.equal(child?.parent, top);
    assert.equal(top?.parent, null);
  });

  it('finds a node below those that may hold it', () => {
    const tree = new KeptTree<string>();
    tree.update([parent('a', [spec('a/1', 1)]), parent('b', [spec('b/1', 1)])]);
    const found = tree.find(
      (ref) => ref === 'b/1',
      (ref) => ref === 'b',
    );
    assert.equal(found?.id, 'b/1');
    assert.equal(
      tree.find(
        (ref) => ref === 'b/1',
        (ref) => ref === 'a',
      ),
      null,
    );
  });

  it('gives the same node for the same id under another parent', () => {
    const tree = new KeptTree<string>();
    tree.update([parent('a', [spec('x', 1), spec('y', 1)]), parent('b', [spec('z', 1)])]);
    const [a, b] = tree.childrenOf(null);
    assert.ok(a && b);
    const [moved] = tree.childrenOf(a);
    tree.childrenOf(b);
    const { rows: changed } = tree.update([
      parent('a', [spec('y', 1)]),
      parent('b', [spec('z', 1), spec('x', 2)]),
    ]);
    assert.deepEqual(changed, [a, b]);
    assert.equal(tree.childrenOf(b)[1], moved);
    assert.equal(moved?.parent, b);
    assert.equal(moved.item.description, '2');
  });
});
