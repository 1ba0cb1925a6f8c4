import type { Insights } from '../../protocol/insights-messages.ts';

/** The figures as comma separated values, one table after the other, with a heading each; times in milliseconds. */
export function insightsCsv(insights: Insights): string {
  const { days, trend, agents, slowest, flakiest, span } = insights;
  const first = days.length - Number(span);
  return [
    ['day', 'succeeded', 'failed', 'cancelled', 'p50_ms', 'p95_ms', 'recovery_ms'],
    ...days.flatMap(({ atMs, succeeded, failed, other }, at) =>
      at < first
        ? []
        : [
            [
              dayName(atMs),
              succeeded,
              failed,
              other,
              trend.p50Ms[at] ?? null,
              trend.p95Ms[at] ?? null,
              trend.recoveryMs[at] ?? null,
            ],
          ],
    ),
    [],
    ['agent', 'executions', 'failed', 'success_rate', 'p50_ms', 'p95_ms', 'recovery_ms'],
    ...agents.map((one) => [
      one.agent,
      one.total,
      one.failed,
      one.successRate === null ? null : one.successRate / 1000,
      one.p50Ms,
      one.p95Ms,
      one.recoveryMs,
    ]),
    ...[slowest, flakiest].flatMap((tasks, index) => [
      [],
      [
        index === 0 ? 'slowest_task' : 'flakiest_task',
        'agent',
        'runs',
        'failed',
        'p50_ms',
        'p95_ms',
        'recovery_ms',
      ],
      ...tasks.map(({ task, agent, runs, failed, p50Ms, p95Ms, recoveryMs }) => [
        task,
        agent,
        runs,
        failed,
        p50Ms,
        p95Ms,
        recoveryMs,
      ]),
    ]),
  ]
    .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
    .join('');
}

function dayName(atMs: number): string {
  const day = new Date(atMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A text that a spreadsheet would take for a formula stays a text. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
