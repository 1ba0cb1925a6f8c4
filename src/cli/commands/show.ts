import { judgeStuckNow } from '../../engine/liveness/stuck-now.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import type { Execution, StuckVerdict } from '../../model/execution.ts';
import { ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { findShown } from '../find-execution.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { renderExecution } from '../drawing/render-execution.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor show` */
export const command: Command = {
  spec: {
    name: 'show',
    summary: 'Show one execution with its tasks',
    positionals: [{ name: 'ID', about: 'The execution (default: latest)' }],
    options: [],
    examples: [
      { command: 'agent-executor show', about: 'The newest execution' },
      {
        command: 'agent-executor show 20261122-1415 --json',
        about: 'One JSON document; an id may be shortened',
      },
    ],
  },
  run: show,
};

async function show(terminal: Terminal, given: Arguments): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const found = await findShown(opened.value, given.positionals[0] ?? 'latest');
  if (!found.ok) return found;
  const execution = found.value;
  const verdicts = await verdictsOn(opened.value.folder, execution);
  if (given.has('json')) {
    const document = verdicts.length === 0 ? execution : { ...execution, stuck: verdicts };
    terminal.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const lines = renderExecution(execution, verdicts, terminal, terminal.now());
    terminal.stdout.write(`${lines.join('\n')}\n`);
  }
  return ok(exitStatus.ok);
}

/** What is over is not stuck, and needs none of the others. */
async function verdictsOn(
  folder: StateFolder,
  execution: Execution,
): Promise<readonly StuckVerdict[]> {
  if (isExecutionOver(execution.status)) return [];
  const { readSnapshot } = await import('../../engine/store/state-follower.ts');
  const { readPastRuns } = await import('../../engine/history/read-past-runs.ts');
  const { executions: all } = await readSnapshot(folder);
  return judgeStuckNow(folder, execution, {
    all,
    past: await readPastRuns(folder, execution.agent),
  });
}
