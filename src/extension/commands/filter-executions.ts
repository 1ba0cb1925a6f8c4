import * as vscode from 'vscode';
import { ok, type Result } from '../../model/result.ts';
import {
  filterStates,
  isWanted,
  noFilter,
  wordForFilter,
  type ExecutionsFilter,
  type FilterState,
} from '../executions/executions-filter.ts';
import { statusIcon, stuckIcon } from '../tree/status-icon.ts';
import type { CommandScope } from './command-scope.ts';
import { describeCount } from '../describe-count.ts';

interface Choice extends vscode.QuickPickItem {
  readonly change?: Partial<ExecutionsFilter>;
}

/** Lets the person pick states and agents that the executions view is narrowed to; none of them is all. */
export async function filterExecutions(scope: CommandScope): Promise<Result<unknown>> {
  const view = scope.executionsView;
  const { states, agents } = view.filter;
  const heading = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const choices: readonly Choice[] = [
    heading(vscode.l10n.t('States')),
    ...filterStates.map((state) => ({
      label: `${stateIcon(state)} ${wordForFilter(state, vscode.l10n.t)}`,
      description: countOf(scope, { states: [state], agents: [] }),
      picked: states.includes(state),
      change: { states: [state] },
    })),
    heading(vscode.l10n.t('Agents')),
    ...agentsOf(scope).map((agent) => ({
      label: agent,
      description: countOf(scope, { states: [], agents: [agent] }),
      picked: agents.includes(agent),
      change: { agents: [agent] },
    })),
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Which executions shall the view show? None picked shows all'),
  });
  if (picked === undefined) return ok(undefined);
  view.filter = picked.reduce<ExecutionsFilter>(
    (filter, { change }) => ({
      states: [...filter.states, ...(change?.states ?? [])],
      agents: [...filter.agents, ...(change?.agents ?? [])],
    }),
    noFilter,
  );
  return ok(view.filter);
}

/** Agents that have run, also ones whose file is gone, and those that the filter names already. */
function agentsOf({ folders, executionsView }: CommandScope): readonly string[] {
  const names = folders.states.flatMap(({ executions }) =>
    executions.flatMap(({ agent, fallback }) => [
      agent,
      ...(fallback === null ? [] : [fallback.for]),
    ]),
  );
  return [...new Set([...names, ...executionsView.filter.agents])].sort();
}

function countOf({ folders }: CommandScope, filter: ExecutionsFilter): string {
  let count = 0;
  for (const { executions, verdicts } of folders.states) {
    const stuck = new Set(verdicts.map(({ execution }) => execution));
    for (const execution of executions) {
      if (isWanted(filter, execution, stuck.has(execution.id))) count += 1;
    }
  }
  return describeCount(count, vscode.l10n.t);
}

function stateIcon(state: FilterState): string {
  const { id } = state === 'stuck' ? stuckIcon : statusIcon(state);
  // What spins in a tree would spin in a list of words too.
  return `$(${state === 'running' ? 'sync' : id})`;
}
