import type { VNode } from 'preact';
import { useCallback } from 'preact/hooks';
import { useFailureInView } from './use-failure-in-view.ts';
import { menuContext } from '../parts/menu-context.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { countUndone, tableEntries, type DetailState } from '../state/detail-state.ts';
import { TaskRowView } from './task-row.tsx';
import { t } from '../language/page-language.ts';

/** The tasks in the order of the file, with their attempts on demand. */
export function TaskTable(props: {
  readonly detail: DetailState;
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { detail, state, model } = props;
  const { view } = state;
  const table = useFailureInView(state, detail);
  const entries = tableEntries(detail.tasks);
  const show = useCallback(
    (task: string, attempt: number | null) => {
      model.showLog(task, attempt);
      // On a low page the log may be below the edge.
      table.current
        ?.closest('.detail')
        ?.querySelector('.log')
        ?.scrollIntoView({ block: 'nearest' });
    },
    [model],
  );
  const toggle = useCallback((task: string) => model.toggleAttempts(task), [model]);
  return (
    <>
      <table class="task-table" ref={table} onKeyDown={moveInTable}>
        <thead>
          <tr>
            <th scope="col" class="task-name">
              {t('Task')}
            </th>
            <th scope="col" class="task-status">
              {t('Status')}
            </th>
            <th scope="col" class="task-duration">
              {t('Duration')}
            </th>
            <th scope="col">{t('Details')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            if (entry.kind === 'finally') {
              return (
                <tr class="task-heading" key="finally">
                  <th scope="rowgroup" colSpan={4}>
                    {t('Finally')} <span class="muted">{t('runs whatever happened')}</span>
                  </th>
                </tr>
              );
            }
            if (entry.kind === 'group') {
              const over = entry.tasks.filter((task) => task.finishedMs !== null).length;
              const done = over - countUndone(entry.tasks);
              return (
                <tr class="task-heading" key={`group ${entry.group}`}>
                  <th scope="rowgroup" colSpan={4}>
                    {entry.group}{' '}
                    <span class="number muted">
                      {t('{0} of {1} done', done, entry.tasks.length)}
                    </span>
                  </th>
                </tr>
              );
            }
            const { task } = entry;
            return (
              <TaskRowView
                menu={menuContext(detail.key, detail.head.id, detail.head.status, entry.task.id)}
                key={`task ${task.id}`}
                task={task}
                isShown={task.id === state.logTask}
                shownAttempt={task.id === state.logTask ? (state.log?.attempt ?? null) : null}
                isExpanded={view.expanded.includes(task.id)}
                onShow={show}
                onToggle={toggle}
              />
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** Up and down move between the names of the tasks, as in a list; Tab goes through every button. */
function moveInTable(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const target = event.target as HTMLElement;
  if (step === 0 || !target.matches('.task-button')) return;
  const table = event.currentTarget as HTMLElement;
  const buttons = [...table.querySelectorAll<HTMLElement>('.task-button')];
  const next = buttons[buttons.indexOf(target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
