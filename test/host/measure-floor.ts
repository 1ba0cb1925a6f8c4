import type { Frame } from 'playwright-core';
import type { TestFolder } from '../e2e/test-folder.ts';
import type { HostProbes } from './measure-probe.ts';
import type { MeasureReport } from './measure-report.ts';
import { planText, transitions, type TransitionPlan } from './measure-transitions.ts';
import { visibleWebview } from './webview-frame.ts';
import type { AppWindow } from './window.ts';

/** A moment of the record, and when it was painted; epoch milliseconds. */
type Painted = readonly (readonly [number, number])[];

/** Where the floor is taken. */
export interface FloorPlace {
  readonly probes: HostProbes;
  /** The extension host, by its process id. */
  readonly host: number;
  /** How that is told of. */
  readonly where: string;
}

/**
 * The least that the editor and this machine allow: the probe in the extension host watches the journal of the same runs
 * with nothing but `fs.watch`, and hands the time of each record to an empty page, which paints it. Returns what it took.
 */
export async function measureFloor(
  window: AppWindow,
  folder: TestFolder,
  { probes, host, where }: FloorPlace,
  plan: TransitionPlan,
  report: MeasureReport,
): Promise<readonly number[]> {
  const spans: number[] = [];
  await window.page.bringToFront();
  const { firstRound } = plan;
  for (let round = firstRound; round < firstRound + plan.rounds; round += 1) {
    const agent = `${plan.name}${String(round)}`;
    await folder.write(`workflows/${agent}.yaml`, planText(plan, agent));
    await window.views.row('Agents', agent);
    await window.views.inlineAction('Agents', agent, 'Run Workflow');
    const { id } = await folder.task(agent, 'gate', 'running');
    await probes.paint(host, folder.file(`.agent-executor/executions/${id}/journal.1.jsonl`));
    const frame = await floorFrame(window);
    await observe(frame);
    await window.page.mouse.move(5, 5);
    const readyMs = Date.now();
    await folder.write('go');
    const execution = await folder.over(agent);
    const wanted = transitions(execution, readyMs);
    const lastMs = Math.max(...wanted.map(({ atMs }) => atMs));
    const painted = await window.until('the last record', async () => {
      const seen = await frame.evaluate(
        () => (globalThis as unknown as { painted: Painted }).painted,
      );
      return seen.some(([atMs]) => atMs >= lastMs) ? seen : undefined;
    });
    for (const { atMs } of wanted) {
      const first = painted.find(([recordMs]) => recordMs >= atMs);
      spans.push((first?.[1] ?? Number.POSITIVE_INFINITY) - atMs);
    }
    await folder.remove('go');
    await folder.remove(`workflows/${agent}.yaml`);
  }
  await probes.endPaint(host);
  report.addSpans(
    `${plan.name}, ${where}, floor: record to its time painted by an empty page`,
    spans,
  );
  return spans;
}

/** The page of the probe, once it listens. */
function floorFrame(window: AppWindow): Promise<Frame> {
  return window.until('the page of the probe', async () => {
    const frame = await visibleWebview(window.page, 'nullExtensionDescription');
    const isThere = await frame?.evaluate(() => document.getElementById('floor') !== null);
    return isThere === true ? frame : undefined;
  });
}

/** Notes when each text was painted, as it is noted for the dashboard. */
function observe(frame: Frame): Promise<void> {
  return frame.evaluate(() => {
    const painted: [number, number][] = [];
    const floor = document.getElementById('floor');
    if (floor === null) throw new Error('there is nothing to paint');
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      painted.push([Number(floor.textContent), Date.now()]);
    };
    let isAsked = false;
    new MutationObserver(() => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        channel.port2.postMessage(null);
      });
    }).observe(floor, { childList: true, characterData: true, subtree: true });
    (globalThis as unknown as { painted: unknown }).painted = painted;
  });
}
