import type { VNode } from 'preact';
import { lookOf } from '../state/status-look.ts';
import type { TimelineBar, TimelineRow } from './lay-out-timeline.ts';
import { t } from '../language/page-language.ts';
import { formatAttempt, formatDuration } from '../language/format.ts';

/** What the timeline shows, in words: for those who do not see it. */
export function TimelineTable(props: {
  readonly rows: readonly TimelineRow[];
  readonly fromMs: number;
}): VNode {
  const { rows, fromMs } = props;
  return (
    <table class="hidden">
      <caption>{t('The timeline as a table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Task')}</th>
          <th scope="col">{t('Status')}</th>
          <th scope="col">{t('Starts after')}</th>
          <th scope="col">{t('Attempts and waiting')}</th>
          <th scope="col">{t('On the critical path')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ task, bars, isCritical }) => {
          const first = bars.find((bar) => bar.kind === 'attempt');
          return (
            <tr key={task.id}>
              <th scope="row">{task.name}</th>
              <td>{lookOf(task.status, task.isStuck).word}</td>
              <td>{first === undefined ? t('not yet') : formatDuration(first.startMs - fromMs)}</td>
              <td>{bars.map(inWords).join(', ')}</td>
              <td>{isCritical ? t('yes') : t('no')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function inWords(bar: TimelineBar): string {
  const time = bar.endMs === null ? t('until now') : formatDuration(bar.endMs - bar.startMs);
  if (bar.kind === 'queue') return t('waiting to start {0}', time);
  if (bar.kind === 'gap') return t('waiting for attempt {0} {1}', bar.attempt, time);
  return `${formatAttempt(bar.attempt)} ${lookOf(bar.status).word} ${time}`;
}
