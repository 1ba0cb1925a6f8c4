/** Retry and resume once it is known of what. In the bundle of the tools, since it is seldom done. */
import * as vscode from 'vscode';
import { findLeftovers } from '../../engine/run/leftovers.ts';
import { planRestart } from '../../engine/run/plan-restart.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { ChosenExecution } from './choose-execution.ts';
import type { CommandScope } from './command-scope.ts';
import { describeBeside, describePlan } from './describe-plan.ts';
import { tell } from '../tell.ts';
import { startAnew } from './start-anew.ts';

const { t } = vscode.l10n;
const words = { t, tell };

/** Runs tasks of an execution that is over again; with `isAsking` after showing what is kept and what runs again. */
export async function restartPlanned(
  scope: CommandScope,
  chosen: ChosenExecution,
  why: 'retry' | 'resume',
  isAsking: boolean,
): Promise<Result<unknown>> {
  const { folder, execution, task } = chosen;
  if (!vscode.workspace.isTrusted) {
    return fail('not-trusted', t('Nothing runs in a workspace that is not trusted.'));
  }
  const tasks = task === null ? undefined : [task.id];
  const hash = await currentHash(scope, chosen);
  const plan = planRestart(execution, why, tasks, hash);
  if (!plan.ok) return plan;
  if (isAsking) {
    const verb = why === 'retry' ? 'Retry' : 'Resume';
    const again = new Set(plan.value.again.map((planned) => planned.task));
    const toRun = execution.tasks.filter(({ id }) => again.has(id));
    const leftovers = findLeftovers(execution, toRun, (id) => folder.find(id));
    const { question, detail, button } = describePlan(
      execution,
      plan.value,
      verb,
      leftovers,
      words,
    );
    const options = { modal: true, detail };
    // A part of another execution does not run alone.
    const mayRunAgain = plan.value.isWorkflowChanged && execution.parent === null;
    const anew = t('Run Again');
    const buttons = mayRunAgain ? [button, anew] : [button];
    const answer = await vscode.window.showInformationMessage(question, options, ...buttons);
    if (answer === anew) return startAnew(scope, chosen);
    if (answer !== button) return ok(undefined);
  }
  const restarted = await scope.launcher.restart(folder, execution.id, why, tasks);
  return restarted.ok ? ok(restarted.value.id) : restarted;
}

/**
 * Starts the agent of an execution anew; where something of it still runs without a runner, with `isAsking` only after
 * saying so.
 */
export async function runBeside(
  scope: CommandScope,
  chosen: ChosenExecution,
  isAsking: boolean,
): Promise<Result<unknown>> {
  const { folder, execution } = chosen;
  const leftovers = findLeftovers(execution, execution.tasks, (id) => folder.find(id));
  if (isAsking && leftovers.length > 0) {
    const { question, detail, button } = describeBeside(execution, leftovers, words);
    const goOn = t('Resume');
    const options = { modal: true, detail };
    const answer = await vscode.window.showWarningMessage(question, options, button, goOn);
    if (answer === goOn) return restartPlanned(scope, { ...chosen, task: null }, 'resume', true);
    if (answer !== button) return ok(undefined);
  }
  return startAnew(scope, chosen);
}

/** The hash of the workflow file as it is now; null when there is none. */
async function currentHash(scope: CommandScope, chosen: ChosenExecution): Promise<string | null> {
  const { loadWorkflow } = await scope.language.load();
  const { folder, execution } = chosen;
  const workspace = folder.folder.uri.fsPath;
  const loaded = await loadWorkflow(workspace, folder.settings.workflowsFolder, execution.agent);
  return loaded.kind === 'missing' ? null : loaded.hash;
}
