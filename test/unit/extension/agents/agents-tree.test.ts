import assert from 'node:assert/strict';
import { agentsTree } from '../../../../src/extension/agents/agents-tree.ts';
import { agentTooltip } from '../../../../src/extension/agents/describe-agent-node.ts';
import { describeMoment } from '../../../../src/extension/describe-time.ts';
import type { AgentState, NodeRef } from '../../../../src/extension/folder-state.ts';
import { KeptTree, type KeptNode } from '../../../../src/extension/tree/kept-tree.ts';
import { executionWith, failedTask, newFolder, newVerdict } from '../build-folder.ts';

const now = new Date('2026-11-22T15:00:00.000Z');

function agent(id: string, problem: string | null = null): AgentState {
  return { agent: id, path: `workflows/${id}.yaml`, problem };
}

function outline(tree: KeptTree<NodeRef>, node: KeptNode<NodeRef> | null = null): unknown[] {
  return tree.childrenOf(node).map((child) => {
    const below = outline(tree, child);
    return below.length === 0 ? child.item.label : { [child.item.label]: below };
  });
}

function treeOf(...folders: Parameters<typeof agentsTree>[0]): KeptTree<NodeRef> {
  const tree = new KeptTree<NodeRef>();
  tree.update(agentsTree(folders, now));
  return tree;
}

describe('agentsTree', () => {
  it('puts agents under the folders of their ids, folders first', () => {
    const agents = [agent('hello'), agent('ops/backup'), agent('ops/db/dump'), agent('release')];
    assert.deepEqual(outline(treeOf(newFolder({ agents }))), [
      { ops: [{ db: ['dump'] }, 'backup'] },
      'hello',
      'release',
    ]);
  });

  it('has workspace folders as a level only when several have agents', () => {
    const app = newFolder({ agents: [agent('hello')] });
    const lib = newFolder({ key: 'file:///projects/lib', name: 'lib', agents: [agent('hello')] });
    assert.deepEqual(outline(treeOf(app, newFolder({ key: 'file:///none' }))), ['hello']);
    assert.deepEqual(outline(treeOf(app, lib)), [{ app: ['hello'] }, { lib: ['hello'] }]);
  });

  it('shows how the newest execution of an agent stands, and when it ended', () => {
    const finishedAt = '2026-11-22T14:15:15.000Z';
    const newest = executionWith({ test: failedTask }, { status: 'failed', finishedAt });
    const older = executionWith({}, { id: 'older', status: 'succeeded' });
    const folder = newFolder({ agents: [agent('release')], executions: [newest, older] });
    const [row] = treeOf(folder).childrenOf(null);
    assert.deepEqual(row?.item, {
      label: 'release',
      description: `failed · ${describeMoment(finishedAt, now)}`,
      icon: { id: 'error', color: 'testing.iconFailed' },
      context: 'agent valid executed logged',
      spoken: `Agent release, failed · ${describeMoment(finishedAt, now)}`,
      open: 'leaf',
      click: 'agentExecutor.openWorkflow',
    });
  });

  it('warns about a file that is not valid, and says why', () => {
    const folder = newFolder({ agents: [agent('release', 'line 3: unknown key `need`')] });
    const [row] = treeOf(folder).childrenOf(null);
    assert.equal(row?.item.icon?.id, 'warning');
    assert.equal(row.item.description, 'line 3: unknown key `need`');
    assert.equal(row.item.context, 'agent broken');
  });

  it('warns while its newest execution is stuck', () => {
    const executions = [executionWith({ test: { status: 'running' } }, { status: 'running' })];
    const folder = newFolder({ agents: [agent('release')], executions, verdicts: [newVerdict()] });
    const [row] = treeOf(folder).childrenOf(null);
    assert.equal(row?.item.icon?.id, 'warning');
    assert.match(row.item.description, /^stuck · since /);
  });

  it('says that a fallback ran, and not that the agent succeeded', () => {
    const finishedAt = '2026-11-22T14:15:15.000Z';
    const fallback = { for: 'release', reason: 'line 3: unknown key `need`' };
    const inPlace = executionWith(
      {},
      { agent: 'fallback', fallback, status: 'succeeded', finishedAt },
    );
    const agents = [agent('fallback'), agent('release')];
    const folder = newFolder({ agents, executions: [inPlace] });
    const [own, other] = treeOf(folder).childrenOf(null);
    assert.match(own?.item.description ?? '', /^succeeded · /);
    assert.match(other?.item.description ?? '', /^fallback ran: succeeded · /);
    assert.match(other?.item.spoken ?? '', /^Agent release, fallback ran: succeeded · /);
    assert.equal(other?.item.icon?.id, 'warning');
    assert.deepEqual(agentTooltip(agent('release'), inPlace, now).at(-1), {
      label: 'Why a fallback',
      text: 'line 3: unknown key `need`',
    });
  });

  it('says of a new agent that it never ran', () => {
    const [row] = treeOf(newFolder({ agents: [agent('hello')] })).childrenOf(null);
    assert.equal(row?.item.spoken, 'Agent hello, never run');
    assert.equal(row.item.description, '');
  });

  it('refreshes only the agent that was executed', () => {
    const agents = [agent('hello'), agent('release')];
    const tree = treeOf(newFolder({ agents }));
    const executions = [executionWith({}, { status: 'running' })];
    const { rows: changed } = tree.update(agentsTree([newFolder({ agents, executions })], now));
    assert.deepEqual(
      changed.map((node) => node?.item.label),
      ['release'],
    );
  });
});
