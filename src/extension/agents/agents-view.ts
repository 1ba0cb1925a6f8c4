import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { TooltipLine } from '../executions/describe-tooltip.ts';
import type { Folders } from '../folders/folders.ts';
import { newestByAgent, type NodeRef } from '../folder-state.ts';
import { viewIds } from '../ids.ts';
import { tell } from '../tell.ts';
import { toldExecution } from '../told.ts';
import { Tree } from '../tree/tree-view.ts';
import type { WindowSight } from '../window-sight.ts';
import { agentTooltip } from './describe-agent-node.ts';
import { agentsTree } from './agents-tree.ts';

const { t } = vscode.l10n;

/** The view of the agents. */
export class AgentsView implements Disposable {
  readonly #folders: Folders;
  readonly #tree: Tree;
  readonly #store = new DisposableStore();

  constructor(folders: Folders, sight: WindowSight) {
    this.#folders = folders;
    this.#tree = this.#store.add(
      new Tree({
        viewId: viewIds.agents,
        sight,
        specs: () => agentsTree(folders.states, new Date(), t),
        tooltip: (ref) => this.#tooltip(ref),
      }),
    );
    this.#store.add(folders.onDidChange(() => this.#update()));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#update()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    this.#tree.update();
    this.#tree.say(
      vscode.workspace.isTrusted
        ? ''
        : t('Restricted Mode: nothing runs until you trust this workspace.'),
    );
  }

  #tooltip(ref: NodeRef): readonly TooltipLine[] {
    if (ref.kind !== 'agent') return [];
    const state = this.#folders.get(ref.folder)?.state;
    const agent = state?.agents.find((one) => one.agent === ref.agent);
    if (state === undefined || agent === undefined) return [];
    const last = newestByAgent(state.executions).get(agent.agent) ?? null;
    return agentTooltip(agent, last && toldExecution(last, tell), new Date(), t);
  }
}
