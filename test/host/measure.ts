// Prints how fast what happens is seen, in a real window with the built VSIX: `npm run measure --
// [--runs n] [--only start|transitions|typing|sizes]`. Clocks agree, since everything is on this machine; other work on it makes the figures
// worse, so the load is printed too.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Frame, Page } from 'playwright-core';
import { Dashboard } from '../e2e/dashboard.ts';
import { TestFolder } from '../e2e/test-folder.ts';
import type { Execution } from '../../src/model/execution.ts';
import { builtVsix } from './built-vsix.ts';
import { measureTyping } from './measure-typing.ts';
import { openWindow, type AppWindow } from './window.ts';

/** Moments (epoch milliseconds) at which a row first showed a state, by `task state`. */
type Seen = Readonly<Record<string, number>>;

interface Transition {
  readonly key: string;
  readonly atMs: number;
}

const steps = 10;
const burst = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20' },
      rounds: { type: 'string', default: '6' },
      only: { type: 'string' },
    },
  });
  const isWanted = (what: string): boolean => (values.only ?? what) === what;
  process.env['AGENT_EXECUTOR_VSIX'] ??= builtVsix();
  printLoad('before');
  const folder = new TestFolder(await mkdtemp(path.join(os.tmpdir(), 'agent-executor-measure-')));
  await folder.write(
    'workflows/one.yaml',
    'name: One\ntasks:\n  only: { shell: node, run: "0" }\n',
  );
  const window = await openWindow({ workspace: folder.path });
  try {
    // Rows that are scrolled out of sight are not drawn.
    await window.page.setViewportSize({ width: 1440, height: 1900 });
    await window.views.openContainer('Agent Executor');
    await window.views.row('Agents', 'one');
    if (isWanted('start')) {
      print('click to started', await measureStarts(window, folder, Number(values.runs)));
    }
    const rounds = Number(values.rounds);
    if (isWanted('transitions')) {
      await measureTransitions(window, folder, { name: 'single', rounds, text: stepsText });
      await measureTransitions(window, folder, {
        name: 'burst',
        rounds: Math.ceil(rounds / 2),
        text: burstText,
      });
    }
    if (isWanted('typing')) {
      print('key to squiggle, 200 tasks', await measureTyping(window, folder, rounds * 2));
    }
    if (isWanted('sizes')) {
      await printActivation(window);
      await printSizes();
    }
  } finally {
    await folder.write('go');
    await window.close();
    await rm(folder.path, { recursive: true, force: true, maxRetries: 5 });
  }
  printLoad('after');
}

/** From Enter on the agent in the palette's list to the moment in the record of the first start. */
async function measureStarts(
  window: AppWindow,
  folder: TestFolder,
  runs: number,
): Promise<readonly number[]> {
  const spans: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const known = (await folder.executions()).length;
    await window.runCommand('Agent Executor: Run Workflow…');
    await window.until('the agent', async () => {
      const rows = await window.quick.rows();
      return rows.some(({ label }) => label.includes('one')) ? true : undefined;
    });
    await window.quick.fill('one');
    const startMs = Date.now();
    await window.page.keyboard.press('Enter');
    await window.until('a new execution', async () =>
      (await folder.executions()).length > known ? true : undefined,
    );
    const execution = await folder.over('one');
    spans.push(Date.parse(execution.tasks[0]?.startedAt ?? '') - startMs);
  }
  return spans;
}

async function measureTransitions(
  window: AppWindow,
  folder: TestFolder,
  plan: {
    readonly name: string;
    readonly rounds: number;
    readonly text: (round: string) => string;
  },
): Promise<void> {
  const inTree: number[] = [];
  const inDashboard: number[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    const agent = `${plan.name}${String(round)}`;
    await folder.write(`workflows/${agent}.yaml`, plan.text(agent));
    await window.views.row('Agents', agent);
    await window.views.inlineAction('Agents', agent, 'Run Workflow');
    await folder.task(agent, 'gate', 'running');
    const dashboard = await Dashboard.open(window);
    await dashboard.select(agent);
    await dashboard.task('gate', 'Running');
    await window.views.row('Executions', `${agent}-1`);
    const frame = await dashboard.frame();
    await observe(window.page, '.sidebar', '.monaco-list-row[aria-level="2"]');
    await observe(frame, '.app', '.task-table tr.task');
    const readyMs = Date.now();
    await folder.write('go');
    const execution = await folder.over(agent);
    const last = `${execution.tasks.at(-1)?.id ?? ''} succeeded`;
    const [tree, table] = await window.until('the last transition', async () => {
      const seen = [await read(window.page), await read(frame)] as const;
      return seen.every((one) => one[last] !== undefined) ? seen : undefined;
    });
    await folder.remove('go');
    for (const { key, atMs } of transitions(execution, readyMs)) {
      inTree.push((tree[key] ?? Number.POSITIVE_INFINITY) - atMs);
      inDashboard.push((table[key] ?? Number.POSITIVE_INFINITY) - atMs);
    }
  }
  print(`${plan.name}: transition to tree`, inTree);
  print(`${plan.name}: transition to dashboard`, inDashboard);
}

/** Notes when each row first shows a state, or one after it: what was passed over in between was seen by nobody. */
function observe(target: Page | Frame, root: string, rows: string): Promise<void> {
  return target.evaluate(
    ([rootSelector, rowSelector]) => {
      const seen: Record<string, number> = {};
      const scan = (): void => {
        const nowMs = Date.now();
        for (const row of document.querySelectorAll(rowSelector ?? '')) {
          const text = `${row.getAttribute('aria-label') ?? ''} ${row.textContent}`.toLowerCase();
          const task = /\b(?:single|burst)\d+-\d+/.exec(text)?.[0];
          if (task === undefined) continue;
          if (/running|succeeded/.test(text)) seen[`${task} running`] ??= nowMs;
          if (text.includes('succeeded')) seen[`${task} succeeded`] ??= nowMs;
        }
      };
      scan();
      const element = document.querySelector(rootSelector ?? '');
      if (element === null) throw new Error(`there is no ${rootSelector ?? ''}`);
      new MutationObserver(scan).observe(element, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      (globalThis as unknown as { seenTransitions: unknown }).seenTransitions = seen;
    },
    [root, rows],
  );
}

function read(target: Page | Frame): Promise<Seen> {
  return target.evaluate(
    () => (globalThis as unknown as { seenTransitions: Seen }).seenTransitions,
  );
}

/** The transitions of an execution that happened after a moment. */
function transitions(execution: Execution, sinceMs: number): readonly Transition[] {
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

/** One transition at a time: longer apart than any pacing of the views. */
function stepsText(name: string): string {
  const tasks = Array.from({ length: steps }, (_, at) => {
    const needs = at === 0 ? 'gate' : `${name}-${String(at)}`;
    return `  ${name}-${String(at + 1)}: { needs: ${needs}, run: 'setTimeout(() => {}, 1000)' }\n`;
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

function print(what: string, spansMs: readonly number[]): void {
  const sorted = [...spansMs].sort((a, b) => a - b);
  const at = (share: number): string => {
    const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    return `${String(value ?? NaN)} ms`;
  };
  console.log(
    `${what}: p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)} (${String(sorted.length)} measured)`,
  );
}

async function printActivation(window: AppWindow): Promise<void> {
  const own = /activated in [\d.]+ ms/.exec(await window.outputChannel())?.[0];
  await window.runCommand('Developer: Show Running Extensions');
  const told = await window.until('the running extensions', async () => {
    const row = window.page.locator('.runtime-extensions-editor .extension', {
      hasText: 'Agent Executor',
    });
    const text = await row.first().locator('.activation-time').innerText({ timeout: 2000 });
    return text === '' ? undefined : text;
  });
  console.log(`activation: own work ${own ?? 'not told'}; the editor says "${told}"`);
}

async function printSizes(): Promise<void> {
  const vsix = process.env['AGENT_EXECUTOR_VSIX'] ?? '';
  const dist = path.resolve(path.dirname(vsix), '../dist');
  const files = (await readdir(dist, { recursive: true })).filter((file) =>
    /\.(cjs|js|css)$/.test(file),
  );
  for (const file of [...files.map((one) => path.join(dist, one)).sort(), vsix]) {
    const { size } = await stat(file);
    console.log(`${path.basename(file)}: ${(size / 1000).toFixed(1)} kB`);
  }
}

function printLoad(when: string): void {
  const load = os.loadavg().map((value) => value.toFixed(1));
  console.log(`load ${when}: ${load.join(' ')} on ${String(os.cpus().length)} cores`);
}

await main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
