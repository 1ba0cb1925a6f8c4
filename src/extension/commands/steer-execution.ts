/** Commands that ask something of the owner of an execution that is not over: cancel, approve, reject. */
import { sendRequest } from '../../engine/store/inbox.ts';
import type { ExecutionRequest } from '../../model/execution.ts';
import { ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { isAsking } from '../executions/context-words.ts';
import { personName } from '../launcher.ts';
import { chooseExecution, chooseTask, type ChosenExecution } from './choose-execution.ts';
import type { Command } from './command-scope.ts';
import { readArgument } from './read-argument.ts';

/** Stops an execution; one that is being cancelled already is killed. */
export const cancel: Command = async (scope, first, second) => {
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: 'Which execution shall be cancelled?',
    none: 'Nothing runs.',
    unfit: 'is over already',
    isFit: (execution) => !isExecutionOver(execution.status),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const isSecond = chosen.value.execution.status === 'cancelling';
  return send(chosen.value, isSecond ? 'kill' : 'cancel', null);
};

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
  const done = type === 'approve' ? 'approved' : 'rejected';
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: `What shall be ${done}?`,
    none: 'Nothing waits for an approval.',
    unfit: 'does not wait for an approval',
    isFit: (execution, task) => (task === null ? execution.tasks.some(isAsking) : isAsking(task)),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { execution } = chosen.value;
  const task =
    chosen.value.task ?? (await chooseTask(execution, `What shall be ${done}?`, isAsking));
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
