import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import type { TestFolder } from '../e2e/test-folder.ts';
import type { HostProbes } from './measure-probe.ts';
import { planText, roundMs, transitions, type RoundKind } from './measure-transitions.ts';
import { visibleWebview } from './webview-frame.ts';
import type { AppWindow } from './window.ts';

/** A moment of the record, and when it was painted; epoch milliseconds. */
type Painted = readonly (readonly [number, number])[];

/** Where the floor is taken. */
export interface FloorPlace {
  readonly probes: HostProbes;
  /** The extension host, by its process id. */
  readonly host: number;
}

/**
 * The least that the editor and this machine allow: the probe in the extension host watches the journal of a run like those
 * that are measured with nothing but `fs.watch`, and hands the time of each record to an empty page, which paints it.
 * Returns what it took, in milliseconds. The page stays open behind others until `probes.endPaint`.
 */
export async function floorRound(
  window: AppWindow,
  folder: TestFolder,
  { probes, host }: FloorPlace,
  kind: RoundKind,
  agent: string,
): Promise<readonly number[]> {
  await window.page.bringToFront();
  await folder.write(`workflows/${agent}.yaml`, planText(kind, agent));
  await window.views.row('Agents', agent);
  await window.views.inlineAction('Agents', agent, 'Run Workflow');
  const { id } = await folder.task(agent, 'gate', 'running');
  await probes.paint(host, folder.file(`.agent-executor/executions/${id}/journal.1.jsonl`));
  const frame = await floorFrame(window);
  await observe(frame);
  await window.page.mouse.move(5, 5);
  const readyMs = Date.now();
  await folder.write('go');
  await sleep(roundMs[kind]);
  const execution = await folder.over(agent);
  const wanted = transitions(execution, readyMs);
  const lastMs = Math.max(...wanted.map(({ atMs }) => atMs));
  const painted = await window.until('the last record', async () => {
    const seen = await frame.evaluate(
      () => (globalThis as unknown as { painted: Painted }).painted,
    );
    return seen.some(([atMs]) => atMs >= lastMs) ? seen : undefined;
  });
  await folder.remove('go');
  await folder.remove(`workflows/${agent}.yaml`);
  return wanted.map(({ atMs }) => {
    const first = painted.find(([recordMs]) => recordMs >= atMs);
    return (first?.[1] ?? Number.POSITIVE_INFINITY) - atMs;
  });
}

/** The page of the probe, once it listens. */
function floorFrame(window: AppWindow): Promise<Frame> {
  return window.until('the page of the probe', async () => {
    const frame = await visibleWebview(window.page, 'nullExtensionDescription');
    const isThere = await frame?.evaluate(() => document.getElementById('floor') !== null);
    return isThere === true ? frame : undefined;
  });
}

/** Notes from now on when each text was painted, as it is noted for the dashboard. */
function observe(frame: Frame): Promise<void> {
  return frame.evaluate(() => {
    const known = (globalThis as unknown as { painted?: [number, number][] }).painted;
    if (known !== undefined) {
      known.length = 0;
      return;
    }
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
