import { readLogTail } from '../../engine/logs/read-log.ts';
import { readExecution } from '../../engine/store/read-execution.ts';
import { logPath, type StateFolder } from '../../engine/store/state-folder.ts';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isTaskOver } from '../../model/status.ts';

/** How often logs are looked at: often enough to seem live, seldom enough to cost nothing. */
const lookMs = 250;

/** Bytes from the end of a log in which its last line is looked for. */
const tailBytes = 2048;

/** Keeps the last line of output of each running task; of a `uses` task, what its execution does. */
export class LastLines implements Disposable {
  readonly lines = new Map<string, string>();
  readonly #folder: StateFolder;
  readonly #execution: () => Execution;
  readonly #atMost: () => number;
  readonly #timer: Disposable;
  #isLooking = false;

  /** Looks at no more than `atMost` tasks, as many as can be shown. */
  constructor(folder: StateFolder, execution: () => Execution, atMost: () => number) {
    this.#folder = folder;
    this.#execution = execution;
    this.#atMost = atMost;
    const timer = setInterval(() => {
      void this.#look();
    }, lookMs);
    this.#timer = toDisposable(() => {
      clearInterval(timer);
    });
  }

  dispose(): void {
    this.#timer.dispose();
  }

  async #look(): Promise<void> {
    // A slow disk must not pile up looks.
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const running = this.#execution().tasks.filter(
        ({ status }) => status === 'running' || status === 'cancelling',
      );
      for (const task of running.slice(0, this.#atMost())) {
        const line = task.child === null ? await this.#lastLine(task) : this.#childLine(task.child);
        if (line !== null) this.lines.set(task.id, line);
      }
    } finally {
      this.#isLooking = false;
    }
  }

  async #lastLine(task: TaskExecution): Promise<string | null> {
    const attempt = task.attempts.at(-1);
    if (attempt === undefined) return null;
    const tail = await readLogTail(logPath(this.#folder, attempt.log), tailBytes);
    if (!tail.ok) return null;
    // A new attempt must not show the line of the one before, so nothing is a line too.
    return tail.value.text.trimEnd().split('\n').at(-1) ?? '';
  }

  #childLine(id: string): string | null {
    const child = readExecution(this.#folder, id);
    if (!child.ok) return null;
    const { agent, tasks } = child.value;
    const over = tasks.filter((task) => isTaskOver(task.status)).length;
    const running = tasks.filter((task) => task.status === 'running').map((task) => task.id);
    const doing = running.length === 0 ? '' : `: ${running.join(', ')}`;
    return `${agent} ${String(over)}/${String(tasks.length)}${doing}`;
  }
}
