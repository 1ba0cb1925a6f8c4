/** Commands that ask something of the owner of an execution that is not over: cancel, approve, reject. */
import * as vscode from 'vscode';
import { describeForce, mayBeForced, takeOver } from '../../engine/liveness/take-over.ts';
import { sendRequest } from '../../engine/store/inbox.ts';
import type { ExecutionRequest } from '../../model/execution.ts';
import { ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { isAsking } from '../executions/context-words.ts';
import { describeTrouble } from '../describe-trouble.ts';
import { personName } from '../launcher.ts';
import { chooseExecution, chooseTask, type ChosenExecution } from './choose-execution.ts';
import type { Command } from './command-scope.ts';
import { readArgument } from './read-argument.ts';
import { tell } from '../tell.ts';

const { t } = vscode.l10n;

/** Stops an execution; one that is being cancelled already is killed. */
export const cancel: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: t('Which execution shall be cancelled?'),
    none: t('Nothing runs.'),
    unfit: t('is over already'),
    isFit: (execution) => !isExecutionOver(execution.status),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  if (wanted.isAsking && vscode.workspace.isTrusted && mayBeForced(chosen.value.execution)) {
    return cancelElsewhere(chosen.value);
  }
  const isSecond = chosen.value.execution.status === 'cancelling';
  return send(chosen.value, isSecond ? 'kill' : 'cancel', null);
};

/** Whether its runner is still there is for the person to know: it is asked, or not asked any more. */
async function cancelElsewhere(chosen: ChosenExecution): Promise<Result<unknown>> {
  const { folder, execution } = chosen;
  const [ask, force] = [t('Ask It to Stop'), t('Take Over')];
  const answer = await vscode.window.showWarningMessage(
    t('{0} runs on another machine or in another container.', execution.name),
    { modal: true, detail: describeTrouble({ message: describeForce(execution) }, tell) },
    ask,
    force,
  );
  if (answer === ask) return send(chosen, 'cancel', null);
  if (answer !== force) return ok(undefined);
  const taken = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Watching for a sign of life of its runner'),
    },
    () => takeOver(folder.stateFolder, execution.id, personName()),
  );
  await folder.refreshExecutions();
  return taken.ok ? ok(execution.id) : taken;
}

/** Says yes to a task that waits for an approval. */
export const approve: Command = (scope, first, second) => decide(scope, first, second, 'approve');

/** Says no to a task that waits for an approval. */
export const reject: Command = (scope, first, second) => decide(scope, first, second, 'reject');

async function decide(
  scope: Parameters<Command>[0],
  first: unknown,
  second: unknown,
  type: 'approve' | 'reject',
): Promise<Result<unknown>> {
  const question = type === 'approve' ? t('What shall be approved?') : t('What shall be rejected?');
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question,
    none: t('Nothing waits for an approval.'),
    unfit: t('does not wait for an approval'),
    isFit: (execution, task) => (task === null ? execution.tasks.some(isAsking) : isAsking(task)),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { execution } = chosen.value;
  const task = chosen.value.task ?? (await chooseTask(execution, question, isAsking));
  return task === undefined ? ok(undefined) : send(chosen.value, type, task.id);
}

function send(
  chosen: ChosenExecution,
  type: ExecutionRequest['type'],
  task: string | null,
): Result<unknown> {
  const { folder, execution } = chosen;
  const sent = sendRequest(folder.stateFolder, execution.id, { type, task, by: personName() });
  return sent.ok ? ok(execution.id) : sent;
}
