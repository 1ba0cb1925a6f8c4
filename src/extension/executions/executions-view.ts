import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { describeTrouble } from '../describe-trouble.ts';
import { tell } from '../tell.ts';
import { toldAttempt, toldExecution, toldTask, toldVerdict } from '../told.ts';
import type { Folders } from '../folders/folders.ts';
import { verdictOf, type ExecutionRef, type NodeRef } from '../folder-state.ts';
import { contextKeys, memoryKeys, prefix, settingIds, viewIds } from '../ids.ts';
import { isGrouped } from '../settings.ts';
import { Tree } from '../tree/tree-view.ts';
import type { WindowSight } from '../window-sight.ts';
import { decideBadge, isWorthKeeping, seeAll, type Seen } from './decide-badge.ts';
import {
  attemptTooltip,
  executionTooltip,
  taskTooltip,
  type TooltipLine,
} from './describe-tooltip.ts';
import { executionUri } from './execution-address.ts';
import { sectionOf, type ExecutionSection } from './execution-sections.ts';
import {
  describeFilter,
  isNarrowing,
  noFilter,
  readFilter,
  type ExecutionsFilter,
} from './executions-filter.ts';
import {
  executionsTree,
  firstPage,
  limitKey,
  pageSize,
  type TreeShape,
} from './executions-tree.ts';

/** The view of executions, tasks and attempts, with its badge. */
export class ExecutionsView implements Disposable {
  readonly #folders: Folders;
  readonly #memory: vscode.Memento;
  readonly #tree: Tree;
  readonly #store = new DisposableStore();
  /** A new object with every change: rows compare it. */
  #shape: TreeShape;
  #seen: Seen;

  constructor(folders: Folders, sight: WindowSight, memory: vscode.Memento) {
    this.#folders = folders;
    this.#memory = memory;
    const now = new Date().toISOString();
    this.#seen = { until: memory.get<string>(memoryKeys.seenUntil, now), verdicts: new Set() };
    const filter = readFilter(memory.get(memoryKeys.filter));
    this.#shape = { limits: new Map(), isGrouped: isGrouped(), filter, t: vscode.l10n.t };
    this.#tree = this.#store.add(
      new Tree({
        viewId: viewIds.executions,
        sight,
        specs: () => executionsTree(folders.states, this.#shape, new Date()),
        tooltip: (ref) => this.#tooltip(ref),
        canSelectMany: true,
        drag: (ref) => this.#address(ref),
      }),
    );
    this.#tellFilter();
    this.#store.add(folders.onDidChange(() => this.#update()));
    this.#store.add(this.#tree.view.onDidChangeVisibility(() => this.#update()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration(`${prefix}.${settingIds.groupExecutions}`)) return;
        this.#reshape({ isGrouped: isGrouped() });
      }),
    );
  }

  /** True while a person can see the view. */
  get isVisible(): boolean {
    return this.#tree.view.visible;
  }

  /** What the view is narrowed to. */
  get filter(): ExecutionsFilter {
    return this.#shape.filter;
  }

  /** Narrows the view, in this window and in later ones of this workspace. */
  set filter(filter: ExecutionsFilter) {
    this.#reshape({ filter });
    void this.#memory.update(memoryKeys.filter, isNarrowing(filter) ? filter : undefined);
    this.#tellFilter();
  }

  /** Shows one page more of a section, or of a folder without sections. */
  showMore(folder: string, section: ExecutionSection | null): void {
    const key = limitKey(folder, section);
    const { limits } = this.#shape;
    const limit = (limits.get(key) ?? firstPage(section)) + pageSize;
    this.#reshape({ limits: new Map([...limits, [key, limit]]) });
  }

  /** Brings an execution into view and selects it, whatever the view is narrowed to. */
  async reveal(wanted: ExecutionRef): Promise<void> {
    let row = this.#find(wanted);
    if (row === null && isNarrowing(this.filter)) {
      this.filter = noFilter;
      row = this.#find(wanted);
    }
    const total = this.#folders.get(wanted.folder)?.state.executions.length ?? 0;
    const section = this.#sectionOf(wanted);
    for (let left = total; row === null && section !== undefined && left > 0; left -= pageSize) {
      this.showMore(wanted.folder, section);
      row = this.#find(wanted);
    }
    if (row === null) await vscode.commands.executeCommand(`${viewIds.executions}.focus`);
    else await this.#tree.view.reveal(row, { select: true, focus: true, expand: 1 });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #find(wanted: ExecutionRef): ReturnType<Tree['find']> {
    const { folder, execution } = wanted;
    return this.#tree.find(
      (ref) => ref.kind === 'execution' && ref.folder === folder && ref.execution === execution,
      ({ kind }) => kind !== 'group' && kind !== 'attempt' && kind !== 'more',
    );
  }

  /** Undefined: there is no such execution. */
  #sectionOf({ folder, execution }: ExecutionRef): ExecutionSection | null | undefined {
    const found = this.#folders.get(folder)?.find(execution) ?? null;
    if (found === null) return undefined;
    return this.#shape.isGrouped ? sectionOf(found, new Date()) : null;
  }

  #reshape(change: Partial<TreeShape>): void {
    this.#shape = { ...this.#shape, ...change };
    this.#tree.update();
  }

  #tellFilter(): void {
    const { filter } = this;
    this.#tree.view.description = describeFilter(filter, vscode.l10n.t);
    const key = contextKeys.isFiltered;
    void vscode.commands.executeCommand('setContext', key, isNarrowing(filter));
  }

  #update(): void {
    this.#tree.update();
    const states = this.#folders.states;
    if (this.isVisible) {
      this.#seen = seeAll(states, new Date().toISOString());
      const key = memoryKeys.seenUntil;
      if (isWorthKeeping(states, this.#memory.get<string>(key))) {
        void this.#memory.update(key, this.#seen.until);
      }
    }
    const badge = decideBadge(states, this.#seen, vscode.l10n.t);
    this.#tree.view.badge = badge ?? undefined;
    const trouble = states.find((state) => state.trouble !== null)?.trouble ?? null;
    this.#tree.say(trouble === null ? '' : describeTrouble(trouble, tell));
  }

  /** The address under which a dragged row opens: its execution's. */
  #address(ref: NodeRef): vscode.Uri | null {
    if (!('execution' in ref)) return null;
    const execution = this.#folders.get(ref.folder)?.find(ref.execution) ?? null;
    return execution === null ? null : executionUri(ref.folder, execution.id, execution.name);
  }

  #tooltip(ref: NodeRef): readonly TooltipLine[] {
    if (ref.kind !== 'execution' && ref.kind !== 'task' && ref.kind !== 'attempt') return [];
    const state = this.#folders.get(ref.folder)?.state;
    const execution = state?.executions.find((one) => one.id === ref.execution);
    if (state === undefined || execution === undefined) return [];
    const now = new Date();
    if (ref.kind === 'execution') {
      const verdicts = state.verdicts.filter((verdict) => verdict.execution === execution.id);
      const told = verdicts.map((verdict) => toldVerdict(verdict, tell));
      return executionTooltip(toldExecution(execution, tell), told, now, vscode.l10n.t);
    }
    const task = execution.tasks.find((one) => one.id === ref.task);
    if (task === undefined) return [];
    if (ref.kind === 'task') {
      const verdict = verdictOf(state.verdicts, execution.id, task.id);
      const told = verdict && toldVerdict(verdict, tell);
      return taskTooltip(toldTask(task, tell), told, now, vscode.l10n.t);
    }
    const attempt = task.attempts.find((one) => one.attempt === ref.attempt);
    if (attempt === undefined) return [];
    return attemptTooltip(toldAttempt(attempt, tell), now, vscode.l10n.t);
  }
}
