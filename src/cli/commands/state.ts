import { readFolderUsage } from '../../engine/diagnosing/folder-usage.ts';
import { ok, type Result } from '../../model/result.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Command, CommandFailure } from '../command.ts';
import { renderUsage } from '../drawing/render-usage.ts';
import { exitStatus } from '../exit-status.ts';
import { historyProgress } from '../history-progress.ts';
import { openWorkspace } from '../open-workspace.ts';
import { fitLines, type Terminal } from '../terminal.ts';

/** `agent-executor state` */
export const command: Command = {
  spec: {
    name: 'state',
    summary: 'Show what the state folder holds and how much room it takes',
    positionals: [],
    options: [],
    examples: [
      { command: 'agent-executor state', about: 'Executions, logs, quarantine, leftovers' },
      { command: 'agent-executor state --json', about: 'The same for scripts; see also clean' },
    ],
  },
  run: state,
};

async function state(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const progress = historyProgress(terminal);
  const usage = await readFolderUsage(opened.value.folder, progress);
  progress.done();
  if (given.has('json')) terminal.stdout.write(`${JSON.stringify(usage, null, 2)}\n`);
  else {
    const lines = fitLines(renderUsage(usage, terminal, terminal.now()), terminal);
    terminal.stdout.write(`${lines.join('\n')}\n`);
  }
  return ok(exitStatus.ok);
}
