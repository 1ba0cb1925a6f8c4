import { describeForce, mayBeForced, takeOver } from '../engine/liveness/take-over.ts';
import type { StateFolder } from '../engine/store/state-folder.ts';
import type { Execution } from '../model/execution.ts';
import { fail, ok, type Result } from '../model/result.ts';
import { isExecutionOver } from '../model/status.ts';
import { askYes } from './asking/ask.ts';
import type { Terminal } from './terminal.ts';
import { userName } from './user-name.ts';

/**
 * `--force`: takes an execution from an owner that cannot be reached, with a warning, and after a question on a terminal.
 * What is over is returned as it is; null when the person says no. Codes: those of `takeOver`.
 */
export async function forceTakeOver(
  terminal: Terminal,
  folder: StateFolder,
  execution: Execution,
  isSure: boolean,
): Promise<Result<Execution | null>> {
  if (isExecutionOver(execution.status)) return ok(execution);
  if (!mayBeForced(execution)) {
    const who = execution.owner === null ? '' : ` (process ${String(execution.owner.pid)})`;
    return fail(
      'owned',
      `execution ${execution.id} belongs to a runner of this machine${who}: it can be cancelled without --force`,
    );
  }
  terminal.stderr.write(`warning: ${describeForce(execution)}\n`);
  if (terminal.canAsk && !isSure) {
    const answer = await askYes(terminal, 'Take it over?');
    if (answer !== true) return ok(null);
  }
  return takeOver(folder, execution.id, userName());
}
