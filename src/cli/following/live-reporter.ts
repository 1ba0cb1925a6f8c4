import type { StuckVerdict } from '../../model/execution.ts';
import { LastLines } from './last-lines.ts';
import { LiveScreen } from '../drawing/live-screen.ts';
import { readLogEnds } from './log-ends.ts';
import { renderLiveView, type LiveFrame } from '../drawing/render-live-view.ts';
import { renderLogEnds, renderOutcome } from '../drawing/render-outcome.ts';
import type { ReporterOptions, RunReporter } from './run-reporter.ts';

/** A view that is drawn again in place, for a terminal. */
export function createLiveReporter(options: ReporterOptions): RunReporter {
  const { terminal, folder } = options;
  const { stdout } = terminal;
  let execution = options.execution;
  let verdicts: readonly StuckVerdict[] = [];
  let footer = 'Ctrl-C cancels';
  const lastLines = new LastLines(
    folder,
    () => execution,
    () => stdout.rows,
  );
  const frameOf = (frame: number | null): LiveFrame => ({
    execution,
    lastLines: lastLines.lines,
    verdicts: frame === null ? [] : verdicts,
    nowMs: terminal.now(),
    frame,
    columns: stdout.columns,
    rows: frame === null ? Math.max(24, stdout.rows) : stdout.rows,
    footer: frame === null ? null : footer,
  });
  const screen = new LiveScreen(stdout, (frame) => renderLiveView(frameOf(frame), terminal));
  return {
    change(change) {
      for (const event of change.events) {
        if (event.type === 'task-started') lastLines.lines.delete(event.task);
      }
      execution = change.execution;
    },
    stuck(now) {
      verdicts = now;
    },
    notice(text) {
      footer = text;
      screen.draw();
    },
    async finish(finished) {
      execution = finished;
      lastLines.dispose();
      const ends = await readLogEnds(folder, finished);
      screen.dispose();
      // The outcome says again, and in full, what the header says.
      const tasks = renderLiveView(frameOf(null), terminal).slice(1);
      const lines = [
        ...tasks,
        ...renderLogEnds(finished, ends, terminal, stdout.columns),
        '',
        ...renderOutcome(finished, terminal, terminal.now()),
      ];
      stdout.write(`${lines.join('\n')}\n`);
    },
    dispose() {
      lastLines.dispose();
      screen.dispose();
    },
  };
}
