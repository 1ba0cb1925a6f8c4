import path from 'node:path';
import {
  exportExecutions,
  exportFormats,
  writePieces,
  type ExportFormat,
} from '../../engine/export/export-executions.ts';
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { didYouMean } from '../arguments/nearest-word.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { findExecution } from '../find-execution.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor export` */
export const command: Command = {
  spec: {
    name: 'export',
    summary: 'Write executions as JSON with their logs, or results as JUnit XML',
    details: [
      'Executions that ran for a task of another one are written with it. Secrets are masked as they are in the logs.',
    ],
    positionals: [
      {
        name: 'ID',
        isRest: true,
        about: 'The executions; several make one document (default: latest)',
      },
    ],
    options: [
      { name: 'format', short: 'f', value: 'FORMAT', about: 'json (default) or junit' },
      { name: 'output', short: 'o', value: 'FILE', about: 'Write to this file (default: print)' },
    ],
    examples: [
      {
        command: 'agent-executor export latest --format junit --output results.xml',
        about: 'Results for a CI system',
      },
      {
        command: 'agent-executor export 20261122-1415 > execution.json',
        about: 'Everything, to keep or to send',
      },
    ],
  },
  run: exportCommand,
};

async function exportCommand(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const format = formatOf(given);
  if (!format.ok) return format;
  const executions: Execution[] = [];
  const ids = given.positionals.length === 0 ? ['latest'] : given.positionals;
  for (const id of ids) {
    const found = findExecution(opened.value, id);
    if (!found.ok) return found;
    executions.push(found.value);
  }
  const pieces = exportExecutions(opened.value.folder, executions, format.value);
  const output = given.value('output');
  if (output !== undefined && output !== '-') {
    const written = await writePieces(path.resolve(terminal.directory, output), pieces);
    return written.ok ? ok(exitStatus.ok) : written;
  }
  for await (const piece of pieces) {
    if (terminal.stdout.isClosed) break;
    terminal.stdout.write(piece);
    await terminal.stdout.flush();
  }
  return ok(exitStatus.ok);
}

function formatOf(given: Arguments): Result<ExportFormat> {
  const word = given.value('format') ?? 'json';
  const format = exportFormats.find((known) => known === word);
  if (format !== undefined) return ok(format);
  const near = didYouMean(word, exportFormats) || `; one of ${exportFormats.join(', ')}`;
  return fail('usage', `unknown format "${word}"${near}`);
}
