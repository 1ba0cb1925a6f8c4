/** Commands that only show something. */
import * as vscode from 'vscode';
import { ok } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { dashboardKey } from '../dashboard/dashboard-key.ts';
import { newestByAgent } from '../folder-state.ts';
import type { Row } from '../tree/tree-view.ts';
import { chooseAgent } from './choose-agent.ts';
import { chooseExecution, targetItems } from './choose-execution.ts';
import type { Command } from './command-scope.ts';
import { findTarget, fittingTargets } from './find-target.ts';
import { readArgument } from './read-argument.ts';

const { t } = vscode.l10n;

/** Opens the dashboard, with the execution that the arguments name. */
export const openDashboard: Command = (scope, first, second) => {
  const found = findTarget(scope.folders.states, readArgument(first, second), () => true);
  if (found.kind !== 'one') {
    scope.dashboard.show();
    return Promise.resolve(ok(undefined));
  }
  const { folder, execution, task } = found.target;
  scope.dashboard.show({
    execution: dashboardKey(folder.key, execution.id),
    ...(task === null ? {} : { task: task.id }),
  });
  return Promise.resolve(ok(execution.id));
};

/** Shows the log of everything that happens. */
export const showOutput: Command = (scope) => {
  scope.output.show();
  return Promise.resolve(ok(undefined));
};

/** Reads everything again. */
export const refresh: Command = async (scope) => {
  await scope.folders.refresh();
  scope.validation.refresh();
  return ok(undefined);
};

/** Brings an execution into view. */
export const showExecution: Command = async (scope, first, second) => {
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: t('Which execution shall be shown?'),
    none: t('Nothing has run yet.'),
    unfit: t('cannot be shown'),
    isFit: () => true,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, execution } = chosen.value;
  const ref = { kind: 'execution', folder: folder.key, execution: execution.id } as const;
  await scope.executionsView.reveal(ref);
  return ok(execution.id);
};

/** Brings the newest execution of an agent into view. */
export const showLastExecution: Command = async (scope, first) => {
  const chosen = await chooseAgent(scope, readArgument(first), t('The executions of which agent?'));
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, agent } = chosen.value;
  const last = newestByAgent(folder.state.executions).get(agent);
  if (last === undefined) return ok(undefined);
  const ref = { kind: 'execution', folder: folder.key, execution: last.id } as const;
  await scope.executionsView.reveal(ref);
  return ok(last.id);
};

/** Shows the next page of the executions under a heading, or of a folder's. */
export const showMore: Command = (scope, first) => {
  const { ref } = first as Row;
  if (ref.kind === 'more') scope.executionsView.showMore(ref.folder, ref.section);
  return Promise.resolve(ok(undefined));
};

/** What the status bar item does: a list of what runs, or the dashboard when nothing does. */
export const showRunning: Command = async (scope) => {
  const { states } = scope.folders;
  const running = fittingTargets(states, ({ status }) => !isExecutionOver(status));
  if (running.length === 0) {
    scope.dashboard.show();
    return ok(undefined);
  }
  const picked = await vscode.window.showQuickPick(targetItems(running, states.length > 1), {
    placeHolder: t('What runs now; pick one to see it in the dashboard'),
  });
  if (picked === undefined) return ok(undefined);
  const { folder, execution } = picked.target;
  scope.dashboard.show({ execution: dashboardKey(folder.key, execution.id) });
  return ok(execution.id);
};

/** Copies the id of an execution (for a task: with its id) for the command line. */
export const copyId: Command = async (scope, first, second) => {
  const found = findTarget(scope.folders.states, readArgument(first, second), () => true);
  if (found.kind !== 'one') return ok(undefined);
  const { execution, task } = found.target;
  const text = task === null ? execution.id : `${execution.id} ${task.id}`;
  await vscode.env.clipboard.writeText(text);
  return ok(text);
};
