import type { VNode } from 'preact';
import { Icon } from '../parts/icon.tsx';
import { Elapsed } from '../parts/ticking.tsx';
import { busyName } from '../state/command-model.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import type { DetailState } from '../state/detail-state.ts';
import { Button } from '../ui.ts';
import { t } from '../language/page-language.ts';

interface Props {
  readonly detail: DetailState;
  readonly state: DashboardState;
  readonly model: DashboardModel;
}

/** What asks for a person: questions, signs of being stuck, a stand-in workflow, a removed execution. */
export function Notices({ detail, state, model }: Props): VNode {
  const { head } = detail;
  const waiting = detail.tasks.filter((task) => task?.status === 'waiting');
  const can = (action: (typeof head.actions)[number]): boolean => head.actions.includes(action);
  return (
    <div class="notices">
      {detail.isGone && (
        <div class="notice" role="status">
          <Icon name="info" />
          <p>{t('This execution was removed.')}</p>
        </div>
      )}
      {waiting.map((task) =>
        task === undefined ? null : (
          <section
            class="notice question"
            key={task.id}
            aria-label={t('Question of {0}', task.name)}
          >
            <Icon name="question" class="tone-attention" />
            <div class="notice-words">
              <p>
                <strong>{task.question ?? t('This task waits for an approval.')}</strong>
              </p>
              <p class="muted">{t('Asked by {0}', task.name)}</p>
            </div>
            {can('approve') && (
              <div class="notice-actions">
                <Button
                  disabled={state.busy.includes(busyName('approve', task.id))}
                  onClick={() => void model.commands.run('approve', task.id)}
                >
                  <Icon name="check" slot="start" />
                  {t('Approve')}
                </Button>
                <Button
                  appearance="secondary"
                  disabled={state.busy.includes(busyName('reject', task.id))}
                  onClick={() => void model.commands.run('reject', task.id)}
                >
                  <Icon name="close" slot="start" />
                  {t('Reject')}
                </Button>
              </div>
            )}
          </section>
        ),
      )}
      {head.stuck.map((stuck) => (
        <section class="notice stuck" key={stuck.task ?? ''} aria-label={t('Stuck')}>
          <Icon name="warning" class="tone-attention" />
          <div class="notice-words">
            <p>
              <strong>
                {stuck.task === null
                  ? t('This execution seems to be stuck')
                  : t('{0} seems to be stuck', stuck.task)}
              </strong>{' '}
              <span class="muted">
                {t('for')} <Elapsed startMs={stuck.sinceMs} endMs={null} />
              </span>
            </p>
            <p>{stuck.evidence}</p>
          </div>
          <div class="notice-actions">
            {can('openLog') && (
              <Button
                appearance="secondary"
                onClick={() => void model.commands.run('openLog', stuck.task)}
              >
                <Icon name="output" slot="start" />
                {t('Open log')}
              </Button>
            )}
            {can('cancel') && (
              <Button
                appearance="secondary"
                disabled={state.busy.includes('cancel')}
                onClick={() => void model.commands.run('cancel')}
              >
                <Icon name="debug-stop" slot="start" />
                {t('Cancel')}
              </Button>
            )}
          </div>
        </section>
      ))}
      {head.fallback !== null && (
        <section class="notice" aria-label={t('Fallback')}>
          <Icon name="info" />
          <p>
            <strong>{t('Ran in place of {0}.', head.fallback.name)}</strong> {head.fallback.value}
          </p>
        </section>
      )}
    </div>
  );
}
