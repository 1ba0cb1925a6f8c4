import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { Dashboard } from '../e2e/dashboard.ts';
import type { TestFolder } from '../e2e/test-folder.ts';
import type { Execution } from '../../src/model/execution.ts';
import type { AppWindow } from './window.ts';

/** Moments (epoch milliseconds) at which a row that shows a state was first painted, by `task state`. */
type Seen = Readonly<Record<string, number>>;

interface Transition {
  readonly key: string;
  readonly atMs: number;
}

/** How the tasks of a round follow each other. */
export type RoundKind = 'single' | 'burst';

/** A window that is measured, and how it is told of; the first one of several starts the runs. */
export interface WatchedWindow {
  readonly name: string;
  readonly window: AppWindow;
}

/** How long transitions took to be painted, in milliseconds. */
export interface PaintedSpans {
  readonly inTree: readonly number[];
  readonly inDashboard: readonly number[];
}

const steps = 20;
const burst = 20;

/**
 * How long a round usually takes until the last change is painted, in milliseconds: meanwhile nobody asks for files or pages.
 * Twenty looks a second at both take a fifth of a processor, and turns of the thread that paints.
 */
export const roundMs: Readonly<Record<RoundKind, number>> = { single: 11_000, burst: 1500 };

/**
 * One run with 40 transitions: from the moment in the record to the row painted, in the tree and in the dashboard of the window
 * that is in front. The first window starts the run; `agent` is unlike those of all other rounds of the folder.
 */
export async function watchRound(
  windows: readonly WatchedWindow[],
  front: WatchedWindow,
  folder: TestFolder,
  kind: RoundKind,
  agent: string,
): Promise<PaintedSpans> {
  const first = windows[0]?.window ?? front.window;
  await folder.write(`workflows/${agent}.yaml`, planText(kind, agent));
  await first.page.bringToFront();
  await first.views.row('Agents', agent);
  await first.views.inlineAction('Agents', agent, 'Run Workflow');
  await folder.task(agent, 'gate', 'running');
  const frames = new Map<WatchedWindow, Frame>();
  for (const one of windows) frames.set(one, await watch(one.window, agent));
  const frame = frames.get(front) ?? (await watch(front.window, agent));
  // A page behind another one is painted once a second: only the one in front is what a person looks at.
  const { page } = front.window;
  await page.bringToFront();
  // Over rows that change the browser looks anew what it points at, and shows a hint.
  await page.mouse.move(5, 5);
  const readyMs = Date.now();
  await folder.write('go');
  await sleep(roundMs[kind]);
  const execution = await folder.over(agent);
  const wanted = transitions(execution, readyMs);
  const [tree, table] = await front.window.until('all transitions', async () => {
    const seen = [await read(page), await read(frame)] as const;
    return seen.every((one) => wanted.every(({ key }) => key in one)) ? seen : undefined;
  });
  await folder.remove('go');
  await folder.remove(`workflows/${agent}.yaml`);
  const spans = (seen: Seen): readonly number[] =>
    wanted.map(({ key, atMs }) => (seen[key] ?? Number.POSITIVE_INFINITY) - atMs);
  return { inTree: spans(tree), inDashboard: spans(table) };
}

async function watch(window: AppWindow, agent: string): Promise<Frame> {
  // The content of a page behind another may not come at all.
  await window.page.bringToFront();
  const dashboard = await Dashboard.open(window);
  await dashboard.select(agent);
  await dashboard.task('gate', 'Running');
  await window.views.row('Executions', `${agent}-1`);
  const frame = await dashboard.frame();
  await observe(window.page, '.sidebar', '.monaco-list-row', '.label-name');
  await observe(frame, '.app', '.task-table tr.task', '.task-button');
  return frame;
}

/**
 * Notes when each row that shows a state, or one after it, was first painted: what was passed over in between was
 * seen by nobody.
 */
function observe(target: Page | Frame, root: string, rows: string, name: string): Promise<void> {
  return target.evaluate(
    ([rootSelector, rowSelector, nameSelector]) => {
      const seen: Record<string, number> = {};
      let isAsked = false;
      const scan = (): void => {
        isAsked = false;
        const nowMs = Date.now();
        for (const row of document.querySelectorAll(rowSelector ?? '')) {
          const text = `${row.getAttribute('aria-label') ?? ''} ${row.textContent}`.toLowerCase();
          const task = row.querySelector(nameSelector ?? '')?.textContent.trim() ?? '';
          if (!/^(?:single|burst)\d+-\d+$/.test(task)) continue;
          if (/running|succeeded/.test(text)) seen[`${task} running`] ??= nowMs;
          if (text.includes('succeeded')) seen[`${task} succeeded`] ??= nowMs;
        }
      };
      // The message is handled after the frame that the request is for.
      const channel = new MessageChannel();
      channel.port1.onmessage = scan;
      const ask = (): void => {
        if (isAsked) return;
        isAsked = true;
        requestAnimationFrame(() => {
          channel.port2.postMessage(null);
        });
      };
      scan();
      const element = document.querySelector(rootSelector ?? '');
      if (element === null) throw new Error(`there is no ${rootSelector ?? ''}`);
      new MutationObserver(ask).observe(element, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      (globalThis as unknown as { seenTransitions: unknown }).seenTransitions = seen;
    },
    [root, rows, name],
  );
}

function read(target: Page | Frame): Promise<Seen> {
  return target.evaluate(
    () => (globalThis as unknown as { seenTransitions: Seen }).seenTransitions,
  );
}

/** The transitions of an execution that happened after a moment. */
export function transitions(execution: Execution, sinceMs: number): readonly Transition[] {
  return execution.tasks
    .filter(({ id }) => id !== 'gate')
    .flatMap(({ id, attempts }) =>
      attempts.flatMap(({ startedAt, finishedAt }) => [
        { key: `${id} running`, atMs: Date.parse(startedAt) },
        { key: `${id} succeeded`, atMs: Date.parse(finishedAt ?? '') },
      ]),
    )
    .filter(({ atMs }) => atMs >= sinceMs);
}

const gate = `  gate:
    run: |
      const fs = require('node:fs');
      const timer = setInterval(() => { if (fs.existsSync('go')) clearInterval(timer); }, 20);
`;

/** The workflow of a round. */
export function planText(kind: RoundKind, agent: string): string {
  return kind === 'single' ? stepsText(agent) : burstText(agent);
}

/** An end and the next start at a time: longer apart than any pacing of the views, and not in step with it. */
function stepsText(name: string): string {
  const tasks = Array.from({ length: steps }, (_, at) => {
    const needs = at === 0 ? 'gate' : `${name}-${String(at)}`;
    const seconds = (0.4 + ((at * 37) % 20) / 100).toFixed(2);
    return `  ${name}-${String(at + 1)}: { needs: ${needs}, shell: sh, run: 'sleep ${seconds}' }\n`;
  });
  return `name: ${name}\ndefaults: { shell: node }\ntasks:\n${gate}${tasks.join('')}`;
}

/** Many at once. */
function burstText(name: string): string {
  const tasks = Array.from(
    { length: burst },
    (_, at) => `  ${name}-${String(at + 1)}: { needs: gate, shell: sh, run: 'true' }\n`,
  );
  return `name: ${name}\nmax-parallel: ${String(burst)}\ndefaults: { shell: node }\ntasks:\n${gate}${tasks.join('')}`;
}
