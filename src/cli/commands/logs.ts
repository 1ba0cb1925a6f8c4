import { fail, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { findExecution, findTasks } from '../find-execution.ts';
import { logSources } from '../following/log-source.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { logsDocument, printLogs } from '../following/print-logs.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor logs` */
export const command: Command = {
  spec: {
    name: 'logs',
    summary: 'Print the output of tasks',
    positionals: [
      { name: 'ID', isRequired: true, about: 'The execution' },
      { name: 'TASK', about: 'Only this task (or all combinations of this matrix task)' },
    ],
    options: [
      { name: 'follow', short: 'f', about: 'Go on as output arrives, until the execution is over' },
      { name: 'attempt', value: 'N', about: 'Only attempt N of each task (default: all attempts)' },
    ],
    examples: [
      {
        command: 'agent-executor logs latest',
        about: 'All output of the newest execution, task by task',
      },
      { command: 'agent-executor logs latest test -f', about: 'Follow one task' },
    ],
  },
  run: logs,
};

async function logs(terminal: Terminal, given: Arguments): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { folder } = opened.value;
  const [id = 'latest', name] = given.positionals;
  const found = findExecution(opened.value, id);
  if (!found.ok) return found;
  const execution = found.value;
  const attempt = attemptOf(given);
  if (!attempt.ok) return attempt;
  const tasks = name === undefined ? ok(null) : findTasks(execution, name);
  if (!tasks.ok) return tasks;
  const isJson = given.has('json');
  if (given.has('follow')) {
    const { followLogs } = await import('../following/follow-logs.ts');
    await followLogs({
      terminal,
      folder,
      execution,
      tasks: tasks.value,
      attempt: attempt.value,
      isJson,
    });
    return ok(exitStatus.ok);
  }
  const sources = logSources(execution, tasks.value, attempt.value);
  if (isJson) {
    const document = await logsDocument(folder, execution.id, sources);
    if (!document.ok) return document;
    terminal.stdout.write(`${JSON.stringify(document.value, null, 2)}\n`);
    return ok(exitStatus.ok);
  }
  if (sources.length === 0) {
    const later = isExecutionOver(execution.status) ? '' : ' yet; -f waits for it';
    terminal.stderr.write(`agent-executor logs: there is no output${later}\n`);
    return ok(exitStatus.ok);
  }
  const printed = await printLogs(terminal, folder, sources);
  return printed.ok ? ok(exitStatus.ok) : printed;
}

function attemptOf(given: Arguments): Result<number | null> {
  const text = given.value('attempt');
  if (text === undefined) return ok(null);
  return /^[1-9]\d*$/.test(text)
    ? ok(Number(text))
    : fail('usage', `--attempt needs a whole number of at least 1, not "${text}"`);
}
