import type { VNode } from 'preact';
import type { TaskCounts } from '../../protocol/list-messages.ts';
import { t } from '../language/page-language.ts';

/** How far the tasks are: a small bar, and `3/7` in words. */
export function TaskBar({ tasks }: { readonly tasks: TaskCounts }): VNode {
  const done = tasks.succeeded + tasks.failed + tasks.ended;
  const share = (count: number): { width: string } => ({
    width: `${String(tasks.total === 0 ? 0 : (count / tasks.total) * 100)}%`,
  });
  return (
    <span class="task-bar">
      <span class="task-bar-track" aria-hidden="true">
        <span class="task-bar-part good" style={share(tasks.succeeded)} />
        <span class="task-bar-part bad" style={share(tasks.failed)} />
        <span class="task-bar-part ended" style={share(tasks.ended)} />
        <span class="task-bar-part busy" style={share(tasks.active)} />
      </span>
      <span class="number task-bar-words">
        {done}/{tasks.total}
        <span class="hidden"> {t('tasks done')}</span>
      </span>
    </span>
  );
}
