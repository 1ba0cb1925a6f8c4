import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { describeTrouble } from '../describe-trouble.ts';
import type { Folders } from '../folders/folders.ts';
import { verdictOf, type ExecutionRef, type NodeRef } from '../folder-state.ts';
import { memoryKeys, viewIds } from '../ids.ts';
import { Tree } from '../tree/tree-view.ts';
import { decideBadge, seeAll, type Seen } from './decide-badge.ts';
import {
  attemptTooltip,
  executionTooltip,
  taskTooltip,
  type TooltipLine,
} from './describe-tooltip.ts';
import { executionsTree, pageSize } from './executions-tree.ts';

/** The view of executions, tasks and attempts, with its badge. */
export class ExecutionsView implements Disposable {
  readonly #folders: Folders;
  readonly #memory: vscode.Memento;
  readonly #limits = new Map<string, number>();
  readonly #tree: Tree;
  readonly #store = new DisposableStore();
  #seen: Seen;

  constructor(folders: Folders, memory: vscode.Memento) {
    this.#folders = folders;
    this.#memory = memory;
    const now = new Date().toISOString();
    this.#seen = { until: memory.get<string>(memoryKeys.seenUntil, now), verdicts: new Set() };
    this.#tree = this.#store.add(
      new Tree({
        viewId: viewIds.executions,
        specs: () => executionsTree(folders.states, this.#limits, new Date()),
        tooltip: (ref) => this.#tooltip(ref),
      }),
    );
    this.#store.add(folders.onDidChange(() => this.#update()));
    this.#store.add(this.#tree.view.onDidChangeVisibility(() => this.#update()));
  }

  /** True while a person can see the view. */
  get isVisible(): boolean {
    return this.#tree.view.visible;
  }

  /** Shows one page more of a folder's executions. */
  showMore(folder: string): void {
    this.#limits.set(folder, (this.#limits.get(folder) ?? pageSize) + pageSize);
    this.#tree.update();
  }

  /** Brings an execution into view and selects it. */
  async reveal(wanted: ExecutionRef): Promise<void> {
    const row = this.#tree.find(
      (ref) =>
        ref.kind === 'execution' &&
        ref.folder === wanted.folder &&
        ref.execution === wanted.execution,
      (ref) => ref.kind === 'folder' || ref.kind === 'execution' || ref.kind === 'task',
    );
    if (row === null) await vscode.commands.executeCommand(`${viewIds.executions}.focus`);
    else await this.#tree.view.reveal(row, { select: true, focus: true, expand: 1 });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    this.#tree.update();
    const states = this.#folders.states;
    if (this.isVisible) {
      this.#seen = seeAll(states, new Date().toISOString());
      void this.#memory.update(memoryKeys.seenUntil, this.#seen.until);
    }
    const badge = decideBadge(states, this.#seen);
    this.#tree.view.badge = badge ?? undefined;
    const trouble = states.find((state) => state.trouble !== null)?.trouble ?? null;
    this.#tree.view.message = trouble === null ? '' : describeTrouble(trouble);
  }

  #tooltip(ref: NodeRef): readonly TooltipLine[] {
    if (ref.kind !== 'execution' && ref.kind !== 'task' && ref.kind !== 'attempt') return [];
    const state = this.#folders.get(ref.folder)?.state;
    const execution = state?.executions.find((one) => one.id === ref.execution);
    if (state === undefined || execution === undefined) return [];
    const now = new Date();
    if (ref.kind === 'execution') {
      const verdicts = state.verdicts.filter((verdict) => verdict.execution === execution.id);
      return executionTooltip(execution, verdicts, now);
    }
    const task = execution.tasks.find((one) => one.id === ref.task);
    if (task === undefined) return [];
    if (ref.kind === 'task') {
      return taskTooltip(task, verdictOf(state.verdicts, execution.id, task.id), now);
    }
    const attempt = task.attempts.find((one) => one.attempt === ref.attempt);
    return attempt === undefined ? [] : attemptTooltip(attempt, now);
  }
}
