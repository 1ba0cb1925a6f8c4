import type { TestFolder } from '../e2e/test-folder.ts';
import { floorRound, type FloorPlace } from './measure-floor.ts';
import { quantile, type MeasureReport } from './measure-report.ts';
import {
  watchRound,
  type PaintedSpans,
  type RoundKind,
  type WatchedWindow,
} from './measure-transitions.ts';

/** What changes may take at most, in milliseconds: painted at all, and later than by an empty page. */
const limits = {
  single: { painted: 50, later: 25 },
  burst: { painted: 100, later: 50 },
} as const;

/**
 * So many rounds of the dashboard and of the empty page take turns: a machine may be twice as fast in one minute as in the
 * next. A dashboard that was behind another page is loaded anew, which in a window beside another may fail, so that two
 * windows have their turns one after the other.
 */
const roundsTogether = 5;

/** Changes one by one and in bursts, as so many windows show them, and as an empty page in the first one would. */
export async function measureChanges(
  windows: readonly WatchedWindow[],
  folder: TestFolder,
  place: FloorPlace,
  rounds: number,
  report: MeasureReport,
): Promise<void> {
  const [first] = windows;
  if (first === undefined) return;
  for (const kind of ['single', 'burst'] as const) {
    const seen = new Map<WatchedWindow, PaintedSpans>();
    const floor: number[] = [];
    const names = Array.from(
      { length: rounds },
      (_, round) => `${kind}${String(windows.length)}${String(round).padStart(3, '0')}`,
    );
    const together = windows.length === 1 ? roundsTogether : rounds;
    for (let from = 0; from < rounds; from += together) {
      const block = names.slice(from, from + together);
      for (const name of block) {
        for (const [at, front] of windows.entries()) {
          const spans = await watchRound(windows, front, folder, kind, `${name}${String(at)}`);
          seen.set(front, joined(seen.get(front), spans));
        }
      }
      for (const name of block) {
        floor.push(...(await floorRound(first.window, folder, place, kind, `${name}9`)));
      }
    }
    for (const [{ name }, spans] of seen) tell(report, kind, name, spans, floor);
    const where = windows.length === 1 ? 'one window' : 'two windows';
    report.addSpans(`${kind}, ${where}, floor: record to its time painted by an empty page`, floor);
  }
}

function joined(one: PaintedSpans | undefined, other: PaintedSpans): PaintedSpans {
  return {
    inTree: [...(one?.inTree ?? []), ...other.inTree],
    inDashboard: [...(one?.inDashboard ?? []), ...other.inDashboard],
  };
}

function tell(
  report: MeasureReport,
  kind: RoundKind,
  where: string,
  { inTree, inDashboard }: PaintedSpans,
  floor: readonly number[],
): void {
  const { painted, later } = limits[kind];
  const what = `${kind}, ${where}: record to`;
  report.addSpans(`${what} dashboard painted`, inDashboard, `p95 ${String(painted)} ms, most 2 s`);
  report.addSpans(`${what} tree painted`, inTree, 'p95 500 ms');
  const p95 = quantile(inDashboard, 0.95);
  report.addGoal(14, `${what} dashboard painted, p95, ms`, p95, painted);
  report.addGoal(14, `${what} dashboard painted, most, ms`, quantile(inDashboard, 1), 2000);
  report.addGoal(15, `${what} tree painted, p95, ms`, quantile(inTree, 0.95), 500);
  const over = `${kind}, ${where}: dashboard painted later than an empty page, p95, ms`;
  // What is ours of it, on any machine.
  report.addGoal(14, over, p95 - quantile(floor, 0.95), later);
}
