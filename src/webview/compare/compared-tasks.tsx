import type { VNode } from 'preact';
import type { ComparePage, ComparedSideRow } from '../../protocol/compare-messages.ts';
import { Icon, StatusWord } from '../parts/icon.tsx';
import { lookOf } from '../state/status-look.ts';
import { formatDifference } from './format-difference.ts';
import { plural, t } from '../language/page-language.ts';
import { formatAttempt, formatDuration } from '../language/format.ts';

/** The tasks of both, in the order in which they depend on each other; the one where they part is marked. */
export function ComparedTasks({ page }: { readonly page: ComparePage }): VNode | null {
  const { tasks, divergence, moreTasks } = page;
  if (tasks.length === 0) return null;
  const differing = tasks.filter(({ isDifferent }) => isDifferent).length;
  return (
    <>
      <h3>
        {t('Tasks')}{' '}
        <span class="muted">
          {differing === 0 ? t('all ended alike') : t('{0} of {1} differ', differing, tasks.length)}
        </span>
      </h3>
      <table class="task-table compare-table compare-tasks">
        <thead>
          <tr>
            <th scope="col" class="compare-name">
              {t('Task')}
            </th>
            <th scope="col">{t('Before')}</th>
            <th scope="col">{t('After')}</th>
            <th scope="col" class="compare-difference">
              {t('Duration')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr
              key={task.id}
              class={`${task.isDifferent ? 'different' : ''} ${task.id === divergence ? 'divergence' : ''}`}
            >
              <th scope="row" title={task.name}>
                {task.id === divergence && (
                  <span class="divergence-mark" title={t('Here they part')}>
                    <Icon name="git-compare" />
                    <span class="hidden">{t('Here they part')}: </span>
                  </span>
                )}
                {task.name}
              </th>
              <td>
                <Side side={task.before} />
              </td>
              <td>
                <Side side={task.after} />
              </td>
              <td class="number">
                {formatDifference(task.before?.durationMs ?? null, task.after?.durationMs ?? null)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moreTasks > 0 && (
        <p class="muted tab-words">
          {plural(moreTasks, '{0} more task is not shown.', '{0} more tasks are not shown.')}
        </p>
      )}
    </>
  );
}

function Side({ side }: { readonly side: ComparedSideRow | null }): VNode {
  if (side === null) return <span class="muted">{t('no such task')}</span>;
  return (
    <span class="compare-side">
      <StatusWord look={lookOf(side.status)} />
      {side.durationMs !== null && (
        <span class="number muted">{formatDuration(side.durationMs)}</span>
      )}
      {side.attempt > 1 && <span class="muted">{formatAttempt(side.attempt)}</span>}
    </span>
  );
}
