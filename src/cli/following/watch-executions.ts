import { StateFollower, type StoreSnapshot } from '../../engine/store/state-follower.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import { DisposableStore } from '../../model/disposable.ts';
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { statusGlyph } from '../drawing/describe-status.ts';
import { describeElapsed } from '../drawing/describe-time.ts';
import { onInterrupt } from './interrupts.ts';
import { LiveScreen } from '../drawing/live-screen.ts';
import { renderExecutions } from '../drawing/render-lists.ts';
import { tellTrouble } from '../tell-trouble.ts';
import type { Terminal } from '../terminal.ts';
import { cleanLine, truncateColored } from '../drawing/text-width.ts';

/** Follows all executions until Ctrl-C or until the reader is gone. */
export async function watchExecutions(
  terminal: Terminal,
  folder: StateFolder,
  isJson: boolean,
): Promise<void> {
  const owned = new DisposableStore();
  const stopped = new Promise<void>((resolve) => {
    owned.add(onInterrupt(() => resolve()));
    owned.add(terminal.stdout.onDidClose(() => resolve()));
  });
  const follower = owned.add(new StateFollower({ folder }));
  try {
    const first = await follower.start();
    if (!isJson && terminal.canRedraw) {
      owned.add(
        new LiveScreen(terminal.stdout, (frame) => renderWatch(terminal, follower.snapshot, frame)),
      );
    } else {
      let before = new Map<string, Execution>();
      let trouble: string | null = null;
      const tell = (snapshot: StoreSnapshot): void => {
        const message = snapshot.trouble?.message ?? null;
        if (message !== trouble) tellTrouble(terminal, snapshot.trouble);
        trouble = message;
        const print = isJson ? printJson : printPlain;
        print(terminal, before, snapshot);
        before = new Map(snapshot.executions.map((execution) => [execution.id, execution]));
      };
      // What is over already is no change.
      before = new Map(
        first.executions
          .filter(({ status }) => isExecutionOver(status))
          .map((execution) => [execution.id, execution]),
      );
      tell(first);
      owned.add(follower.onDidChange(({ snapshot }) => tell(snapshot)));
    }
    await stopped;
  } finally {
    owned.dispose();
  }
}

/** The live list: unfinished executions and the newest others, as many as fit. */
export function renderWatch(
  terminal: Pick<Terminal, 'paint' | 'glyphs' | 'now' | 'stdout'>,
  snapshot: StoreSnapshot,
  frame: number,
): string[] {
  const { paint, stdout, glyphs } = terminal;
  const active = snapshot.executions.filter(({ status }) => !isExecutionOver(status));
  const over = snapshot.executions.filter(({ status }) => isExecutionOver(status));
  const room = Math.max(1, stdout.rows - 4);
  const shown = [...active, ...over].slice(0, room);
  const title = `${String(active.length)} active, ${String(over.length)} over`;
  const trouble =
    snapshot.trouble === null ? [] : [paint('yellow', cleanLine(snapshot.trouble.message))];
  const lines = [
    `${paint('bold', 'Executions')} ${paint('dim', title)}`,
    ...trouble,
    ...renderExecutions(shown, terminal, terminal.now(), frame).map((line) => `  ${line}`),
    ...(shown.length === 0 ? [paint('dim', '  none yet: agent-executor run AGENT')] : []),
    paint('dim', '  Ctrl-C ends'),
  ];
  return lines.map((line) => truncateColored(line, stdout.columns - 1, glyphs.ellipsis));
}

function printJson(
  terminal: Terminal,
  before: ReadonlyMap<string, Execution>,
  snapshot: StoreSnapshot,
): void {
  const at = new Date(terminal.now()).toISOString();
  const print = (line: unknown): void => terminal.stdout.write(`${JSON.stringify(line)}\n`);
  for (const execution of oldestFirst(snapshot)) {
    if (before.get(execution.id) === execution) continue;
    print({ type: 'execution-changed', at, execution });
  }
  for (const id of gone(before, snapshot)) print({ type: 'execution-removed', at, execution: id });
}

function printPlain(
  terminal: Terminal,
  before: ReadonlyMap<string, Execution>,
  snapshot: StoreSnapshot,
): void {
  const print = (line: string): void => terminal.stdout.write(`${line}\n`);
  for (const execution of oldestFirst(snapshot)) {
    const old = before.get(execution.id);
    if (old === execution) continue;
    const head = `${execution.agent} ${execution.id}`;
    const oldTasks = new Map(old?.tasks.map((task) => [task.id, task]));
    for (const task of execution.tasks) {
      const oldTask = oldTasks.get(task.id);
      const isNews = oldTask?.status !== task.status || oldTask.attempt !== task.attempt;
      if (!isNews || (oldTask === undefined && task.status === 'pending')) continue;
      print(`${statusGlyph(task.status, terminal)} ${head} ${describeTask(task)}`);
    }
    if (old?.status === execution.status) continue;
    const time = describeElapsed(execution.startedAt, execution.finishedAt, terminal.now());
    const took = isExecutionOver(execution.status) && time !== '' ? ` after ${time}` : '';
    print(`${statusGlyph(execution.status, terminal)} ${head} ${execution.status}${took}`);
  }
  for (const id of gone(before, snapshot)) print(`${terminal.glyphs.skipped} ${id} removed`);
}

function describeTask(task: TaskExecution): string {
  const attempt = task.attempt > 1 ? ` (attempt ${String(task.attempt)})` : '';
  const message = task.message === null ? '' : `: ${cleanLine(task.message)}`;
  return `${task.id} ${task.status}${attempt}${message}`;
}

function oldestFirst(snapshot: StoreSnapshot): readonly Execution[] {
  return snapshot.executions.toReversed();
}

function gone(before: ReadonlyMap<string, Execution>, snapshot: StoreSnapshot): readonly string[] {
  const ids = new Set(snapshot.executions.map(({ id }) => id));
  return [...before.keys()].filter((id) => !ids.has(id));
}
