import { statSync } from 'node:fs';
import { readLogTailNow } from '../../engine/logs/read-log.ts';
import { indexTasks } from '../../engine/store/fold-events.ts';
import { logPath } from '../../engine/store/state-folder.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution } from '../../model/execution.ts';
import { describeElapsed } from '../drawing/describe-time.ts';
import { plainLine } from '../drawing/plain-lines.ts';
import { renderOutcome } from '../drawing/render-outcome.ts';
import type { ReporterOptions, RunReporter } from './run-reporter.ts';
import { cleanLine, isPrintable } from '../drawing/text-width.ts';

/** More of one log than this is left out: nobody reads it here, and the log itself is complete. */
const shownBytes = 64 * 1024;
/** Of an attempt that failed more is worth to be seen. */
const shownBytesOfFailed = 256 * 1024;

/** Some CI systems end a job that says nothing for ten minutes. */
const stillRunningMs = 60_000;

/**
 * A line per change, for logs and pipes. The output of an attempt follows in one piece when the attempt is over, so
 * that tasks that run side by side do not mix.
 */
export function createPlainReporter(options: ReporterOptions): RunReporter {
  const { terminal, folder } = options;
  const { stdout } = terminal;
  const indexOf = indexTasks();
  let execution = options.execution;
  let told: ReadonlySet<string> = new Set();
  let queue = Promise.resolve();
  const write = (text: string): void => stdout.write(`${text}\n`);
  const later = (step: () => Promise<void> | void): void => {
    queue = queue.then(step);
  };

  const writeLog = (log: string, maxBytes: number): void => {
    const file = logPath(folder, log);
    // Most logs of many small tasks are empty, and a look is cheaper than opening one.
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
    const tail = readLogTailNow(file, maxBytes);
    if (!tail.ok || tail.value.text.trim() === '') return;
    if (tail.value.from > 0) {
      write(`    (${String(tail.value.from)} bytes before this are in ${file})`);
    }
    const hasColors = terminal.paint('red', 'x') !== 'x';
    const text = tail.value.text.trimEnd();
    // One look at the whole instead of two at each line: most logs are plain text.
    const clean = isPrintable(text) ? (line: string) => line : cleanLine;
    // In one write: each of them is a system call where output goes to a file.
    write(
      text
        .split('\n')
        .map((line) => (hasColors ? `    ${line}\u001b[0m` : `    ${clean(line)}`.trimEnd()))
        .join('\n'),
    );
  };

  const tell = (event: ExecutionEvent, after: Execution): void => {
    const task = 'task' in event ? (after.tasks[indexOf(after, event.task)] ?? null) : null;
    const line = plainLine(event, after, task, terminal);
    if (line !== null) later(() => write(line));
    if (event.type !== 'task-finished' && event.type !== 'task-retrying') return;
    const log = task?.attempts.at(-1)?.log;
    if (log === undefined) return;
    const isWell = event.type === 'task-finished' && event.status === 'succeeded';
    later(() => writeLog(log, isWell ? shownBytes : shownBytesOfFailed));
  };

  const timer = setInterval(() => {
    const running = execution.tasks.filter((task) => task.status === 'running');
    if (running.length === 0) return;
    const names = running.map((task) => {
      const time = describeElapsed(task.attempts.at(-1)?.startedAt ?? null, null, terminal.now());
      return `${task.id} (${time})`;
    });
    later(() => write(`${terminal.glyphs.ellipsis} still running: ${names.join(', ')}`));
  }, stillRunningMs);

  return {
    change(change) {
      execution = change.execution;
      for (const event of change.events) tell(event, change.execution);
    },
    stuck(verdicts) {
      for (const { task, kind, evidence } of verdicts) {
        const key = `${task ?? ''} ${kind}`;
        if (!told.has(key)) {
          later(() =>
            write(`${terminal.glyphs.stuck} ${task ?? 'the execution'} may be stuck: ${evidence}`),
          );
        }
      }
      told = new Set(verdicts.map(({ task, kind }) => `${task ?? ''} ${kind}`));
    },
    notice(text) {
      later(() => write(text));
    },
    async finish(finished) {
      execution = finished;
      clearInterval(timer);
      await queue;
      for (const line of renderOutcome(finished, terminal, terminal.now())) write(line);
    },
    dispose() {
      clearInterval(timer);
    },
  };
}
