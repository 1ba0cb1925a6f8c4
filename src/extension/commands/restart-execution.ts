/** Commands that run an execution that is over again: retry and resume (in place), run again (as a new one). */
import * as vscode from 'vscode';
import type { Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { executionWords, taskWords } from '../executions/context-words.ts';
import { chooseExecution, type ChosenExecution } from './choose-execution.ts';
import type { Command, CommandScope } from './command-scope.ts';
import { readArgument } from './read-argument.ts';
import { showStarted } from './show-started.ts';
import { startAnew } from './start-anew.ts';

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
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: t('Which execution shall run again?'),
    none: t('Nothing has run yet.'),
    unfit: t('is not over yet'),
    isFit: (execution) => isExecutionOver(execution.status) && execution.parent === null,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const started = await startOver(scope, chosen.value, wanted.isAsking);
  // From the menu of a row of the dashboard, which comes here by itself.
  if (started.ok && isFromWebview(first)) await showStarted(scope, 'runAgain', started.value, null);
  return started;
};

async function startOver(
  scope: CommandScope,
  chosen: ChosenExecution,
  isAsking: boolean,
): Promise<Result<unknown>> {
  // Only a runner that died leaves something behind that goes on.
  if (chosen.execution.status !== 'interrupted') return startAnew(scope, chosen);
  const { runBeside } = await import('../tools/tools-entry.ts');
  return runBeside(scope, chosen, isAsking);
}

function isFromWebview(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'webviewSection' in argument;
}

async function restart(
  scope: CommandScope,
  chosen: ChosenExecution,
  why: 'retry' | 'resume',
  isAsking: boolean,
): Promise<Result<unknown>> {
  const { restartPlanned } = await import('../tools/tools-entry.ts');
  return restartPlanned(scope, chosen, why, isAsking);
}
