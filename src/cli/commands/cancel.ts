import { sendRequest } from '../../engine/store/inbox.ts';
import { beatEveryMs } from '../../engine/liveness/beat.ts';
import { judgeOwner } from '../../engine/liveness/owner.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus, exitStatusOf } from '../exit-status.ts';
import { findShown, readShown } from '../find-execution.ts';
import { forceOption } from '../force-option.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Terminal } from '../terminal.ts';
import { userName } from '../user-name.ts';
import { waitFor } from '../wait-for.ts';

/** The owner looks into its inbox twice a second; this is long enough to see that it accepted. */
const answerMs = 2000;

/** `agent-executor cancel` */
export const command: Command = {
  spec: {
    name: 'cancel',
    summary: 'Cancel a running execution',
    details: ['Cancelling an execution that is already being cancelled kills it at once.'],
    positionals: [{ name: 'ID', isRequired: true, about: 'The execution' }],
    options: [{ name: 'wait', about: 'Return when the execution is over' }, forceOption],
    examples: [
      {
        command: 'agent-executor cancel latest',
        about: 'Ask the newest execution to stop; tasks under `finally` still run',
      },
      { command: 'agent-executor cancel latest --wait', about: 'The same, and wait for the end' },
    ],
  },
  run: cancel,
};

async function cancel(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { folder } = opened.value;
  const found = await findShown(opened.value, given.positionals[0] ?? '');
  if (!found.ok) return found;
  const { id, status } = found.value;
  if (isExecutionOver(status)) {
    return fail('over', `execution ${id} is over (${status}); there is nothing to cancel`);
  }
  if (given.has('force')) return force(terminal, given, folder, found.value);
  // Who cancels twice does not want to wait.
  const type = status === 'cancelling' ? 'kill' : 'cancel';
  // Where its folder was deleted its runner makes another one with its next beat.
  const sent =
    (await waitFor(() => {
      const tried = sendRequest(folder, id, { type, task: null, by: userName() });
      return !tried.ok && tried.error.code === 'unknown-execution' ? null : tried;
    }, beatEveryMs + answerMs)) ?? fail('unknown-execution', `the records of ${id} were deleted`);
  if (!sent.ok) return sent;
  const look = (isEnough: (execution: Execution) => boolean) => async () => {
    const now = await readShown(folder, id);
    return now.ok && isEnough(now.value) ? now.value : null;
  };
  const isAccepted = ({ request, status: now }: Execution): boolean =>
    isExecutionOver(now) || request?.type === type;
  const accepted = await waitFor(look(isAccepted), answerMs);
  if (accepted === null) return notAnswered(found.value);
  const isWaiting = given.has('wait');
  if (isWaiting && !given.has('json')) terminal.stderr.write(`${describe(accepted)}\n`);
  const last = isWaiting
    ? await waitFor(
        look((execution) => isExecutionOver(execution.status)),
        null,
      )
    : accepted;
  const shown = last ?? accepted;
  terminal.stdout.write(
    given.has('json')
      ? `${JSON.stringify({ execution: id, status: shown.status, request: shown.request })}\n`
      : `${describe(shown)}\n`,
  );
  // The cancel worked, so it is well; an execution that ended otherwise in the meantime tells so.
  return ok(shown.status === 'cancelled' ? exitStatus.ok : exitStatusOf(shown));
}

/** Nobody is there who could cancel it: it ends as interrupted. */
async function force(
  terminal: Terminal,
  given: Arguments,
  folder: StateFolder,
  execution: Execution,
): Promise<Result<number, CommandFailure>> {
  const { forceTakeOver } = await import('../force-command.ts');
  const taken = await forceTakeOver(terminal, folder, execution, false);
  if (!taken.ok) return taken;
  if (taken.value === null) return ok(exitStatus.ok);
  const { id, status, request } = taken.value;
  terminal.stdout.write(
    given.has('json')
      ? `${JSON.stringify({ execution: id, status, request })}\n`
      : `${describe(taken.value)}\n`,
  );
  return ok(exitStatus.ok);
}

function describe(execution: Execution): string {
  const { agent, id, status } = execution;
  if (isExecutionOver(status)) return `${agent} ${id} is over: ${status}`;
  const how = execution.request?.type === 'kill' ? 'is being killed' : 'is being cancelled';
  return `${agent} ${id} ${how}`;
}

function notAnswered(execution: Execution): Result<number, CommandFailure> {
  const isOutOfReach = execution.owner !== null && judgeOwner(execution.owner) === 'unknown';
  const hint = `If that machine or container is not there any more: agent-executor cancel ${execution.id} --force`;
  const { owner, id } = execution;
  const who = owner === null ? 'its process' : `process ${String(owner.pid)} on ${owner.host}`;
  return {
    ok: false,
    error: {
      code: 'no-answer',
      message: `the request is recorded, but ${who} has not acted on it yet; see agent-executor show ${id}`,
      ...(isOutOfReach ? { hint } : {}),
      exitStatus: exitStatus.failed,
    },
  };
}
