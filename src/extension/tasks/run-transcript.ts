import { followLog, type LogFollower } from '../../engine/logs/follow-log.ts';
import type { Clock } from '../../engine/ports.ts';
import { LogDecoder } from '../../engine/logs/decode-log.ts';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { formatDuration } from '../../model/duration.ts';
import type { Attempt, Execution, TaskExecution } from '../../model/execution.ts';
import { isTaskOver } from '../../model/status.ts';

/** Where a transcript reads from and writes to. */
export interface TranscriptOptions {
  /** The absolute path of a log of the execution, by its name in the record. */
  readonly logFile: (log: string) => string;
  /** The execution of a `uses` task, as far as it is known. */
  readonly find: (id: string) => Execution | null;
  /** Takes text with the line ends of a terminal. */
  readonly write: (text: string) => void;
  readonly clock?: Clock;
}

interface Followed {
  attempt: Attempt;
  readonly follower: LogFollower;
  readonly finished: Promise<void>;
}

/**
 * Tells an execution on a terminal while it happens: output as it comes, under a title whenever it comes from another
 * task than the lines before, and how each task ended. Tasks that run at the same time mix line by line.
 */
export class RunTranscript implements Disposable {
  readonly #options: TranscriptOptions;
  readonly #store = new DisposableStore();
  readonly #followed = new Map<string, Followed>();
  /** What was told of a task already, so that it is told once. */
  readonly #told = new Set<string>();
  readonly #ends: Promise<void>[] = [];
  #last: string | null = null;

  constructor(options: TranscriptOptions) {
    this.#options = options;
  }

  /** Tells what is new. */
  update(execution: Execution): void {
    if (this.#store.isDisposed) return;
    this.#updateTasks(execution, '');
  }

  /** Waits for the rest of the output, then tells how the execution ended. */
  async finish(execution: Execution): Promise<void> {
    this.update(execution);
    await Promise.all([...this.#followed.values()].map(({ finished }) => finished));
    await Promise.all(this.#ends);
    this.notice(closing(execution));
  }

  /** A line that comes from no task. */
  notice(text: string): void {
    this.#last = null;
    this.#line(text);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #updateTasks(execution: Execution, prefix: string): void {
    for (const task of execution.tasks) {
      const title = `${prefix}${task.id}`;
      for (const attempt of task.attempts) this.#updateAttempt(title, task, attempt);
      const child = task.child === null ? null : this.#options.find(task.child);
      if (child !== null) this.#updateTasks(child, `${title} › `);
      const { question } = task;
      if (task.status === 'waiting' && question !== null) {
        this.#once(`${execution.id} ${title} asks`, () => {
          this.notice(paint('magenta', `? ${title}: ${oneLine(question)}`));
          this.notice(paint('dim', '  Approve or reject it in the Executions view.'));
        });
      }
      if (isTaskOver(task.status)) this.#updateEnd(execution, title, task);
    }
  }

  #updateAttempt(title: string, task: TaskExecution, attempt: Attempt): void {
    const known = this.#followed.get(attempt.log);
    if (known !== undefined) {
      const isNews = known.attempt.status !== attempt.status;
      known.attempt = attempt;
      // Else the end would wait for the next look at a log that does not grow any more.
      if (isNews) known.follower.look();
      return;
    }
    if (task.kind !== 'run' && task.kind !== 'http') return;
    const heading = attempt.attempt > 1 ? `${title} attempt ${String(attempt.attempt)}` : title;
    const decoder = new LogDecoder();
    let open = '';
    const show = (text: string, isEnd: boolean): void => {
      open += text;
      const end = isEnd ? open.length : open.lastIndexOf('\n') + 1;
      const lines = open.slice(0, end).replace(/\r?\n$/, '');
      open = open.slice(end);
      if (end > 0) this.#output(heading, lines);
    };
    const followed: { attempt: Attempt } = { attempt };
    const follower = this.#store.add(
      followLog(this.#options.logFile(attempt.log), {
        from: 0,
        ...(this.#options.clock === undefined ? {} : { clock: this.#options.clock }),
        isOver: () => isTaskOver(followed.attempt.status),
        onChunk: (bytes) => {
          show(decoder.push(bytes), false);
        },
      }),
    );
    const finished = follower.finished.then(() => {
      show(decoder.end(), true);
    });
    this.#followed.set(attempt.log, Object.assign(followed, { follower, finished }));
  }

  /** The end of a task comes after its output. */
  #updateEnd(execution: Execution, title: string, task: TaskExecution): void {
    const key = `${execution.id} ${title} ${task.status} ${String(task.attempt)}`;
    this.#once(key, () => {
      const logs = task.attempts.map(
        ({ log }) => this.#followed.get(log)?.finished ?? Promise.resolve(),
      );
      // The tasks of a workflow that is used are told before the task that uses it.
      const before = task.child === null ? [] : [...this.#ends];
      this.#ends.push(
        Promise.all([...logs, ...before]).then(() => {
          if (this.#store.isDisposed) return;
          this.notice(ending(title, task));
        }),
      );
    });
  }

  #once(key: string, tell: () => void): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    tell();
  }

  #output(heading: string, text: string): void {
    if (this.#last !== heading) this.#line(paint('bold', `── ${heading} ──`));
    this.#last = heading;
    this.#line(text);
  }

  #line(text: string): void {
    if (this.#store.isDisposed) return;
    // What a program left switched on must not colour the lines of another one.
    this.#options.write(`${text.replaceAll(/\r?\n/g, '\r\n')}${reset}\r\n`);
  }
}

/** What a shell would see: 0, 1, 2 for a workflow that cannot run, 130 after a cancel. */
export function exitCodeOf({ status, reason }: Execution): number {
  if (status === 'succeeded') return 0;
  if (status === 'cancelled') return 130;
  return reason === 'invalid-workflow' ? 2 : 1;
}

function ending(title: string, task: TaskExecution): string {
  const { status, startedAt, finishedAt, message } = task;
  const isAllowed = status === 'failed' && task.continueOnError;
  const parts = [
    `${signs[status] ?? '·'} ${title} ${status}`,
    ...(startedAt === null || finishedAt === null || status === 'skipped'
      ? []
      : [` in ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`]),
    ...(message === null ? [] : [`: ${oneLine(message)}`]),
    ...(isAllowed ? [' (allowed to fail)'] : []),
  ];
  return paint(colours[status] ?? 'dim', parts.join(''));
}

function closing(execution: Execution): string {
  const { agent, id, status, message, startedAt, finishedAt } = execution;
  const time =
    startedAt === null || finishedAt === null
      ? ''
      : ` in ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
  const why = message === null || status === 'succeeded' ? '' : `: ${oneLine(message)}`;
  return paint(colours[status] ?? 'dim', `${agent} ${id} ${status}${time}${why}`);
}

function oneLine(text: string): string {
  // Control characters in a message would steer the terminal.
  return text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

const reset = '\u001b[0m';
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, magenta: 35 } as const;

const colours: Readonly<Record<string, keyof typeof codes>> = {
  succeeded: 'green',
  failed: 'red',
  interrupted: 'red',
  cancelled: 'yellow',
  skipped: 'dim',
};

const signs: Readonly<Record<string, string>> = {
  succeeded: '✓',
  failed: '✗',
  interrupted: '✗',
  cancelled: '■',
  skipped: '-',
};

function paint(style: keyof typeof codes, text: string): string {
  return `\u001b[${String(codes[style])}m${text}${reset}`;
}
