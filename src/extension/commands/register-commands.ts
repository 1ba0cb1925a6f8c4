import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { fail, messageOf, type Failure, type Result } from '../../model/result.ts';
import { describeTrouble } from '../describe-trouble.ts';
import { commandIds } from '../ids.ts';
import { clearFinished, remove } from './clear-finished.ts';
import type { Command, CommandScope } from './command-scope.ts';
import { compare, compareSelected, compareWithPrevious } from './compare-executions.ts';
import { forMarked } from './for-marked.ts';
import {
  clearFilter,
  convertWorkflow,
  exportExecution,
  filterExecutions,
  markHandled,
  runDoctor,
  showGraph,
  showHandled,
  showStateUsage,
} from './lazy-commands.ts';
import { newWorkflow } from './new-workflow.ts';
import { openLastLog, openLog, openRawLog } from './open-log.ts';
import {
  copyId,
  openDashboard,
  refresh,
  showExecution,
  showLastExecution,
  showMore,
  showOutput,
  showRunning,
} from './open-views.ts';
import { openWorkflow } from './open-workflow.ts';
import { resume, retry, runAgain } from './restart-execution.ts';
import { runTo, runWithInputs, runWorkflow } from './run-workflow.ts';
import { approve, cancel, reject } from './steer-execution.ts';
import { removeSecret, setSecret } from './steer-secrets.ts';
import { tell } from '../tell.ts';

const { t } = vscode.l10n;

/** Every command, by the last part of its id. */
export const commands: Readonly<Record<keyof typeof commandIds, Command>> = {
  runWorkflow,
  cancel: forMarked('cancel', cancel),
  retry: forMarked('retry', retry),
  resume: forMarked('resume', resume),
  runAgain,
  approve,
  reject,
  openLog,
  openWorkflow,
  openDashboard,
  refresh,
  clearFinished,
  newWorkflow,
  showOutput,
  setSecret,
  removeSecret,
  showRunning,
  convertWorkflow,
  showGraph,
  filterExecutions,
  clearFilter,
  markHandled,
  showHandled,
  runTo,
  exportExecution,
  compare,
  compareWithPrevious,
  showStateUsage,
  runDoctor,
  runWithInputs,
  showLastExecution,
  openLastLog,
  openRawLog,
  showExecution,
  showMore,
  remove: forMarked('remove', remove),
  copyId,
  compareSelected,
};

/** Makes the commands known to the editor. `scope` is asked for only when one runs. */
export function registerCommands(scope: () => CommandScope): Disposable {
  const store = new DisposableStore();
  for (const [name, command] of Object.entries(commands)) {
    const id = commandIds[name as keyof typeof commandIds];
    store.add(
      vscode.commands.registerCommand(id, async (first: unknown, second: unknown) => {
        const result = await runCommand(scope(), command, first, second);
        if (result.ok) return result.value;
        void showFailure(scope(), result.error);
        return undefined;
      }),
    );
  }
  return store;
}

/** Runs a command. A bug in it becomes a failure too, with its trace in the output channel. */
export async function runCommand(
  scope: CommandScope,
  command: Command,
  first: unknown,
  second: unknown,
): Promise<Result<unknown>> {
  try {
    // The command may be what woke the extension up: nothing was read yet.
    await scope.folders.start();
    return await command(scope, first, second);
  } catch (error) {
    scope.output.error(error instanceof Error ? error : messageOf(error));
    return fail('internal', t('That did not work: {0}', tell(messageOf(error))));
  }
}

async function showFailure(scope: CommandScope, failure: Failure): Promise<void> {
  const text = describeTrouble(failure, tell);
  scope.output.warn(text);
  const showLog = t('Show Log');
  const answer = await vscode.window.showErrorMessage(text, showLog);
  if (answer === showLog) scope.output.show();
}
