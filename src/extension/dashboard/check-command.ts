import { fail, ok, type Result } from '../../model/result.ts';
import type { executionActions } from '../../protocol/command-messages.ts';
import { type CommandRequest } from '../../protocol/command-messages.ts';
import type { DashboardCommand, FolderExecution } from './dashboard-host.ts';
import { actionsOf } from './execution-facts.ts';

/**
 * Decides whether the webview may have what it asks for. The webview shows only what is possible, but what it shows may
 * be old, and trust is never taken from there.
 */
export function checkCommand(
  request: CommandRequest,
  target: FolderExecution | null,
  isTrusted: boolean,
): Result<DashboardCommand> {
  const { command, task, attempt } = request;
  if (command === 'showOutput' || command === 'manageTrust') {
    return ok({ type: command, target: null, task: null, attempt });
  }
  if (command === 'runWorkflow' || command === 'newWorkflow') {
    if (!isTrusted) return fail('not-trusted', 'Nothing runs until you trust this workspace.');
    return ok({ type: command, target: null, task: null, attempt });
  }
  if (target === null) return fail('unknown-execution', 'This execution is not there any more.');
  const { execution } = target;
  if (!actionsOf(execution, isTrusted).includes(command)) {
    const isPossible = actionsOf(execution, true).includes(command);
    return isPossible
      ? fail('not-trusted', 'Nothing runs until you trust this workspace.')
      : fail('not-now', `${titles[command]} is not possible: it is ${execution.status}.`);
  }
  if (task !== null && !execution.tasks.some((candidate) => candidate.id === task)) {
    return fail('unknown-task', `This execution has no task "${task}".`);
  }
  return ok({ type: command, target, task, attempt });
}

const titles: Readonly<Record<(typeof executionActions)[number], string>> = {
  cancel: 'Cancel',
  retry: 'Retry',
  resume: 'Resume',
  runAgain: 'Run again',
  approve: 'Approve',
  reject: 'Reject',
  openLog: 'Open log',
  openWorkflow: 'Open workflow',
};
