import type { VNode } from 'preact';
import { formatDuration } from '../../model/duration.ts';
import { lookOf } from '../state/status-look.ts';
import type { TimelineBar, TimelineRow } from './lay-out-timeline.ts';

/** What the timeline shows, in words: for those who do not see it. */
export function TimelineTable(props: {
  readonly rows: readonly TimelineRow[];
  readonly fromMs: number;
}): VNode {
  const { rows, fromMs } = props;
  return (
    <table class="hidden">
      <caption>The timeline as a table</caption>
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col">Status</th>
          <th scope="col">Starts after</th>
          <th scope="col">Attempts and waiting</th>
          <th scope="col">On the critical path</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ task, bars, isCritical }) => {
          const first = bars.find((bar) => bar.kind === 'attempt');
          return (
            <tr key={task.id}>
              <th scope="row">{task.name}</th>
              <td>{lookOf(task.status, task.isStuck).word}</td>
              <td>{first === undefined ? 'not yet' : formatDuration(first.startMs - fromMs)}</td>
              <td>{bars.map(inWords).join(', ')}</td>
              <td>{isCritical ? 'yes' : 'no'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function inWords(bar: TimelineBar): string {
  const time = bar.endMs === null ? 'until now' : formatDuration(bar.endMs - bar.startMs);
  if (bar.kind === 'queue') return `waiting to start ${time}`;
  if (bar.kind === 'gap') return `waiting for attempt ${String(bar.attempt)} ${time}`;
  return `attempt ${String(bar.attempt)} ${lookOf(bar.status).word} ${time}`;
}
