/** Commands that run an execution that is over again: retry and resume (in place), run again (as a new one). */
import * as vscode from 'vscode';
import { planRestart } from '../../engine/run/plan-restart.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { executionWords, taskWords } from '../executions/context-words.ts';
import { chooseExecution, type ChosenExecution } from './choose-execution.ts';
import type { Command, CommandScope } from './command-scope.ts';
import { describePlan } from './describe-plan.ts';
import { readArgument } from './read-argument.ts';
import { saveWorkflow } from './save-workflow.ts';

const { t } = vscode.l10n;

/** Runs the failed tasks (or the named one) and all that depended on them again. */
export const retry: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: t('Which execution shall be retried?'),
    none: t('No execution failed.'),
    unfit: t('cannot be retried'),
    isFit: (execution, task) =>
      task === null
        ? executionWords(execution).includes('retryable')
        : taskWords(execution, task).includes('retryable'),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  return restart(scope, chosen.value, 'retry', wanted.isAsking);
};

/** Goes on with an execution that was interrupted or cancelled. */
export const resume: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: t('Which execution shall go on?'),
    none: t('No execution was interrupted or cancelled.'),
    unfit: t('cannot be resumed'),
    isFit: (execution) => executionWords(execution).includes('resumable'),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  return restart(scope, { ...chosen.value, task: null }, 'resume', wanted.isAsking);
};

/** Starts the agent of an execution anew, with the same inputs. */
export const runAgain: Command = async (scope, first, second) => {
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: t('Which execution shall run again?'),
    none: t('Nothing has run yet.'),
    unfit: t('is not over yet'),
    isFit: (execution) => isExecutionOver(execution.status) && execution.parent === null,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  return startAnew(scope, chosen.value);
};

async function startAnew(
  scope: CommandScope,
  { folder, execution }: ChosenExecution,
): Promise<Result<unknown>> {
  // A fallback ran in place of the agent that was asked for.
  const agent = execution.fallback?.for ?? execution.agent;
  const trigger = { kind: 'manual', source: 'vscode' } as const;
  await saveWorkflow({ folder, agent });
  const started = await scope.launcher.start(folder, agent, execution.inputs, trigger);
  return started.ok ? ok(started.value.id) : started;
}

async function restart(
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
    const { question, detail } = describePlan(execution, plan.value, verb, t);
    const options = { modal: true, detail };
    const button = why === 'retry' ? t('Retry') : t('Resume');
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

/** The hash of the workflow file as it is now; null when there is none. */
async function currentHash(scope: CommandScope, chosen: ChosenExecution): Promise<string | null> {
  const { loadWorkflow } = await scope.language.load();
  const { folder, execution } = chosen;
  const workspace = folder.folder.uri.fsPath;
  const loaded = await loadWorkflow(workspace, folder.settings.workflowsFolder, execution.agent);
  return loaded.kind === 'missing' ? null : loaded.hash;
}
