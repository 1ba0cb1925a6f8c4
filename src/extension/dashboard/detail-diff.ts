import type { StuckVerdict, TaskExecution } from '../../model/execution.ts';
import type { Detail, DetailChange, TaskRow } from '../../protocol/detail-messages.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { jsonBytes } from './fit-text.ts';
import { toDetailHead, toTaskRow } from './to-detail.ts';
import { asRecorded, type Tell } from '../../model/tell-message.ts';
import { toldTask } from '../told.ts';

interface SentTask {
  readonly task: TaskExecution;
  readonly isStuck: boolean;
  /** The row: not all that is recorded of a task is shown, such as its process. */
  readonly text: string;
}

/** Remembers what the webview has of the selected execution and finds the tasks it lacks, by identity. */
export class DetailDiff {
  readonly key: string;
  readonly #taskLimit: number;
  readonly #usualMs: ReadonlyMap<string, number>;
  readonly #tell: Tell;
  readonly #sent = new Map<number, SentTask>();
  #head = '';
  #isGone = false;

  /** `usualMs`: what each of its tasks usually takes. */
  constructor(
    key: string,
    taskLimit: number,
    usualMs: ReadonlyMap<string, number> = new Map(),
    tell: Tell = asRecorded,
  ) {
    this.#usualMs = usualMs;
    this.#tell = tell;
    this.key = key;
    this.#taskLimit = taskLimit;
  }

  /** The execution with as many of its tasks as fit into `budget` bytes; the rest is left for `changes`. */
  open(
    item: FolderExecution,
    verdicts: readonly StuckVerdict[],
    isTrusted: boolean,
    budget: number,
  ): Detail {
    const head = toDetailHead(item, verdicts, isTrusted, this.#tell);
    this.#head = JSON.stringify(head);
    const left = budget - Buffer.byteLength(this.#head);
    return { key: this.key, head, tasks: this.#takeTasks(item, verdicts, left).tasks };
  }

  /** What changed since the last call; null when nothing did. `item` undefined: the execution was removed. */
  changes(
    item: FolderExecution | undefined,
    verdicts: readonly StuckVerdict[],
    isTrusted: boolean,
    budget: number,
  ): { readonly change: DetailChange; readonly isMore: boolean } | null {
    if (item === undefined) {
      if (this.#isGone) return null;
      this.#isGone = true;
      return { change: { key: this.key, head: null, tasks: [], isGone: true }, isMore: false };
    }
    this.#isGone = false;
    const head = toDetailHead(item, verdicts, isTrusted, this.#tell);
    const text = JSON.stringify(head);
    const isHeadSame = text === this.#head;
    this.#head = text;
    const left = budget - (isHeadSame ? 0 : Buffer.byteLength(text));
    const { tasks, isMore } = this.#takeTasks(item, verdicts, left);
    if (isHeadSame && tasks.length === 0) return null;
    const change: DetailChange = {
      key: this.key,
      head: isHeadSame ? null : head,
      tasks,
      isGone: false,
    };
    return { change, isMore };
  }

  #takeTasks(
    item: FolderExecution,
    verdicts: readonly StuckVerdict[],
    budget: number,
  ): { readonly tasks: readonly TaskRow[]; readonly isMore: boolean } {
    const stuckTasks = new Set(verdicts.map((verdict) => verdict.task));
    const tasks: TaskRow[] = [];
    let left = budget;
    for (const [index, task] of item.execution.tasks.entries()) {
      if (index >= this.#taskLimit) break;
      const isStuck = stuckTasks.has(task.id);
      const sent = this.#sent.get(index);
      if (sent?.task === task && sent.isStuck === isStuck) continue;
      const row = fitRow(
        toTaskRow(toldTask(task, this.#tell), index, isStuck, this.#usualMs.get(task.id) ?? null),
      );
      const text = JSON.stringify(row);
      if (sent?.text !== text) {
        const bytes = Buffer.byteLength(text) + 1;
        if (bytes > left && tasks.length > 0) return { tasks, isMore: true };
        left -= bytes;
        tasks.push(row);
      }
      this.#sent.set(index, { task, isStuck, text });
    }
    return { tasks, isMore: false };
  }
}

/** A row that is too long even alone (many attempts, many needs) loses what matters least. */
function fitRow(row: TaskRow): TaskRow {
  if (jsonBytes(row) <= maxRowBytes) return row;
  const short = { ...row, attempts: row.attempts.slice(-2) };
  let left = maxRowBytes - jsonBytes({ ...short, needs: [] });
  const needs = row.needs.filter((need) => {
    left -= jsonBytes(need) + 1;
    return left >= 0;
  });
  return { ...short, needs };
}

const maxRowBytes = 5000;
