import { sendRequest } from '../engine/store/inbox.ts';
import type { Execution } from '../model/execution.ts';
import { fail, ok, type Result } from '../model/result.ts';
import type { CommandFailure } from './command.ts';
import { exitStatus } from './exit-status.ts';
import { findShown, readShown } from './find-execution.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Arguments } from './arguments/arguments.ts';
import type { Terminal } from './terminal.ts';
import { userName } from './user-name.ts';
import { waitFor } from './wait-for.ts';

/** The owner looks into its inbox twice a second; this is long enough to see what it did. */
const answerMs = 3000;

/** `approve` and `reject`: puts the decision where the owner finds it, and waits for it to act. */
export async function decide(
  terminal: Terminal,
  given: Arguments,
  type: 'approve' | 'reject',
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { folder } = opened.value;
  const [id = 'latest', name] = given.positionals;
  const found = await findShown(opened.value, id);
  if (!found.ok) return found;
  const execution = found.value;
  const task = waitingTask(execution, name);
  if (!task.ok) return task;
  const sent = sendRequest(folder, execution.id, { type, task: task.value, by: userName() });
  if (!sent.ok) return sent;
  const answered = await waitFor(async () => {
    const now = await readShown(folder, execution.id);
    const state = now.ok
      ? now.value.tasks.find(({ id: other }) => other === task.value)
      : undefined;
    return state === undefined || state.status === 'waiting' ? null : state;
  }, answerMs);
  const word = type === 'approve' ? 'approved' : 'rejected';
  if (answered === null) {
    return {
      ok: false,
      error: {
        code: 'no-answer',
        message: `${word}, but the process that runs ${execution.id} has not acted on it yet; see agent-executor show ${execution.id}`,
        exitStatus: exitStatus.failed,
      },
    };
  }
  terminal.stdout.write(
    given.has('json')
      ? `${JSON.stringify({ execution: execution.id, task: task.value, decision: word })}\n`
      : `${word} ${task.value} of ${execution.agent} ${execution.id}\n`,
  );
  return ok(exitStatus.ok);
}

function waitingTask(execution: Execution, name: string | undefined): Result<string> {
  const waiting = execution.tasks.filter((task) => task.status === 'waiting').map(({ id }) => id);
  const list = waiting.join(', ');
  if (name !== undefined) {
    if (waiting.includes(name)) return ok(name);
    const what = waiting.length === 0 ? 'nothing waits there' : `waiting: ${list}`;
    return fail(
      'not-waiting',
      `task "${name}" of ${execution.id} does not wait for a decision; ${what}`,
    );
  }
  const [only, second] = waiting;
  if (only === undefined) {
    return fail(
      'not-waiting',
      `execution ${execution.id} (${execution.status}) does not wait for a decision`,
    );
  }
  if (second !== undefined)
    return fail('ambiguous-task', `several tasks wait: name one of ${list}`);
  return ok(only);
}
