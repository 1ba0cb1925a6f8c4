/** The table of a storm. */
import type { StormReport } from './run-storm.ts';

/** One row per figure; those that must be 0 say so. */
export function describeStorm(report: StormReport): string {
  const rows: readonly (readonly [string, number, string])[] = [
    ['updates acknowledged', report.acknowledged, ''],
    ['executions', report.executions, ''],
    ['kills', report.kills, 'SIGKILL'],
    ['pauses', report.pauses, 'SIGSTOP … SIGCONT'],
    ['takeovers while paused', report.takeovers, ''],
    ['fenced', report.fenced, 'woken owners that were refused'],
    ['voided', report.voided, 'lines of woken owners that do not count'],
    ['recovered', report.recovered, 'executions marked interrupted by another process'],
    ['resumed', report.resumed, ''],
    ['view damaged', report.damages, 'deleted, cut, garbled, replaced, edited …'],
    ['reads', report.reads, ''],
    ['lost', report.lost, 'must be 0'],
    ['torn', report.torn, 'must be 0'],
    ['doubled', report.doubled, 'must be 0'],
    ['regressed', report.regressed, 'must be 0'],
    ['vanished', report.vanished, 'must be 0'],
    ['robbed', report.robbed, 'must be 0: paused, alive, and taken over'],
    ['crashed', report.crashed, 'must be 0: exceptions'],
    [
      'other problems',
      report.problems.length,
      'must be 0: the view converged, the journals are whole',
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(
    ([name, count, note]) => `| ${name.padEnd(width)} | ${String(count).padStart(8)} | ${note} |`,
  );
  const head = `| ${''.padEnd(width)} | ${''.padStart(8)} | |\n| ${'-'.repeat(width)} | ${'-'.repeat(7)}: | --- |`;
  return `${head}\n${lines.join('\n')}`;
}
