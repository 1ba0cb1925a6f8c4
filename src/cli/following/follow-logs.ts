import { followLog } from '../../engine/logs/follow-log.ts';
import { readExecution } from '../../engine/store/read-execution.ts';
import { logPath, type StateFolder } from '../../engine/store/state-folder.ts';
import { DisposableStore } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { onInterrupt } from './interrupts.ts';
import { LineJoiner } from './join-lines.ts';
import { isLogOver, logSources, logTitle, type LogSource } from './log-source.ts';
import type { Terminal } from '../terminal.ts';

/** How often new attempts are looked for. */
const lookMs = 200;

/** What is followed. */
export interface FollowLogsOptions {
  readonly terminal: Terminal;
  readonly folder: StateFolder;
  readonly execution: Execution;
  /** Null means all tasks. */
  readonly tasks: readonly string[] | null;
  readonly attempt: number | null;
  readonly isJson: boolean;
}

/** Prints output as it arrives, of attempts that begin later too, until the execution is over, Ctrl-C, or the reader is gone. */
export async function followLogs(options: FollowLogsOptions): Promise<Execution> {
  const { terminal, folder, tasks, attempt } = options;
  const owned = new DisposableStore();
  let execution = options.execution;
  const stop = (): void => owned.dispose();
  owned.add(onInterrupt(stop));
  owned.add(terminal.stdout.onDidClose(stop));

  const print = linePrinter(options);
  const followed = new Map<string, Promise<void>>();
  const current = new Map<string, LogSource>();
  const follow = (source: LogSource): void => {
    const lines = new LineJoiner((text) => print(source, text));
    const following = owned.add(
      followLog(logPath(folder, source.attempt.log), {
        from: 0,
        isOver: () => {
          const now = current.get(source.attempt.log);
          return now !== undefined && isLogOver(now);
        },
        onChunk: (bytes) => lines.add(bytes),
      }),
    );
    followed.set(
      source.attempt.log,
      following.finished.then(() => lines.end()),
    );
  };

  while (!owned.isDisposed) {
    for (const source of logSources(execution, tasks, attempt)) {
      current.set(source.attempt.log, source);
      if (followed.has(source.attempt.log)) continue;
      follow(source);
      // What was over before we came is printed whole and in order; what still runs may mix, line by line.
      if (isLogOver(source)) await followed.get(source.attempt.log);
    }
    if (isExecutionOver(execution.status)) break;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const read = readExecution(folder, execution.id);
    if (read.ok) execution = read.value;
  }
  await Promise.all(followed.values());
  owned.dispose();
  return execution;
}

/** Prints lines, under a title whenever they come from another log than those before. */
function linePrinter({
  terminal,
  execution,
  isJson,
}: FollowLogsOptions): (source: LogSource, text: string) => void {
  const { stdout, paint, glyphs } = terminal;
  let last: string | null = null;
  return (source, text) => {
    const { task, attempt } = source;
    if (isJson) {
      const line = { type: 'log', execution: execution.id, task, attempt: attempt.attempt, text };
      stdout.write(`${JSON.stringify(line)}\n`);
      return;
    }
    if (last !== attempt.log) {
      const rule = glyphs.line.repeat(2);
      stdout.write(`${paint('bold', `${rule} ${logTitle(source)} ${rule}`)}\n`);
    }
    last = attempt.log;
    stdout.write(text);
  };
}
