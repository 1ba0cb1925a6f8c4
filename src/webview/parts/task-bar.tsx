import type { VNode } from 'preact';
import type { TaskCounts } from '../../protocol/list-messages.ts';
import { t } from '../language/page-language.ts';

/** How far the tasks are: a small bar, and `3/7` in words. One element, since a list has many of them. */
export function TaskBar({ tasks }: { readonly tasks: TaskCounts }): VNode {
  const done = tasks.succeeded + tasks.failed + tasks.ended;
  const words = `${String(done)}/${String(tasks.total)}`;
  return (
    <span
      class="number task-bar"
      role="img"
      aria-label={`${words} ${t('tasks done')}`}
      style={{ '--parts': drawParts(tasks) }}
    >
      {words}
    </span>
  );
}

/** The parts beside each other as stops of one gradient: a colour begins where the one before ends. */
function drawParts(tasks: TaskCounts): string {
  const { succeeded, failed, ended, active, total } = tasks;
  const parts = [
    ['good', succeeded],
    ['bad', failed],
    ['quiet', ended],
    ['busy', active],
  ] as const;
  let done = 0;
  const stops = parts.flatMap(([colour, count]) => {
    if (count === 0 || total === 0) return [];
    const from = percent(done / total);
    done += count;
    return `var(--${colour}) ${from} ${percent(done / total)}`;
  });
  return stops.length === 0 ? 'transparent' : stops.join(', ');
}

function percent(share: number): string {
  return `${String(share * 100)}%`;
}
