import type { Execution } from '../../model/execution.ts';
import { newestByAgent, type AgentState, type FolderState, type NodeRef } from '../folder-state.ts';
import type { NodeSpec } from '../tree/kept-tree.ts';
import { describeAgentNode } from './describe-agent-node.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

type Spec = NodeSpec<NodeRef>;

/** What one folder's rows are made from. */
interface Scope {
  readonly folder: FolderState;
  readonly newest: ReadonlyMap<string, Execution>;
  /** Ids of executions that a verdict is about. */
  readonly stuck: ReadonlySet<string>;
  readonly now: Date;
  readonly t: Translate;
}

/**
 * The agents view as it should look now: agents under the folders that their ids name, folders first. Workspace
 * folders are a level only when several have agents.
 */
export function agentsTree(
  folders: readonly FolderState[],
  now: Date,
  t: Translate = inEnglish,
): readonly Spec[] {
  const filled = folders.filter((folder) => folder.agents.length > 0);
  const only = filled.length === 1 ? filled[0] : undefined;
  if (only !== undefined) return agentsOf(only, now, t);
  return filled.map((folder) => ({
    id: folder.key,
    ref: { kind: 'folder', folder: folder.key },
    item: folderItem(folder.name, 'root-folder', t),
    stamps: [folder, now.toDateString()],
    children: () => agentsOf(folder, now, t),
  }));
}

function agentsOf(folder: FolderState, now: Date, t: Translate): readonly Spec[] {
  const newest = newestByAgent(folder.executions);
  const stuck = new Set(folder.verdicts.map(({ execution }) => execution));
  const scope = { folder, newest, stuck, now, t };
  return level(scope, folder.agents, '');
}

/** The rows under `path` (empty, or ending in a slash). */
function level(scope: Scope, agents: readonly AgentState[], path: string): readonly Spec[] {
  const { folder, newest, stuck, now, t } = scope;
  const below = new Map<string, AgentState[]>();
  const here: Spec[] = [];
  for (const agent of agents) {
    const rest = agent.agent.slice(path.length);
    const slash = rest.indexOf('/');
    if (slash === -1) {
      const last = newest.get(agent.agent) ?? null;
      const isStuck = last !== null && stuck.has(last.id);
      here.push({
        id: `${folder.key}/agent/${agent.agent}`,
        ref: { kind: 'agent', folder: folder.key, agent: agent.agent },
        item: describeAgentNode(agent, last, isStuck, now, t),
        stamps: [agent.problem, last, isStuck, now.toDateString()],
        children: null,
      });
      continue;
    }
    const name = rest.slice(0, slash);
    below.set(name, [...(below.get(name) ?? []), agent]);
  }
  const folders = [...below].map(([name, inside]): Spec => {
    const inner = `${path}${name}/`;
    return {
      id: `${folder.key}/folder/${inner}`,
      ref: { kind: 'agent-folder', folder: folder.key, path: inner },
      item: folderItem(name, 'folder', t),
      stamps: [folder, now.toDateString()],
      children: () => level(scope, inside, inner),
    };
  });
  return [...folders, ...here];
}

function folderItem(name: string, icon: string, t: Translate): Spec['item'] {
  return {
    label: name,
    description: '',
    icon: { id: icon, color: null },
    context: 'folder',
    spoken: t('Folder {0}', name),
    open: 'expanded',
    click: null,
  };
}
