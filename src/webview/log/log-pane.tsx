import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import type { DetailState } from '../state/detail-state.ts';
import { Button, Checkbox } from '../ui.ts';
import { FindBar } from './find-bar.tsx';
import { LogText } from './log-text.tsx';
import { t } from '../language/page-language.ts';

/** The log of one attempt: its end as it grows, or whatever part of it a person goes to. */
export function LogPane(props: {
  readonly detail: DetailState;
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { detail, state, model } = props;
  const { log, logTask, find, view } = state;
  const pane = useRef<HTMLElement>(null);
  const task = detail.tasks.find((candidate) => candidate?.id === logTask);
  const attempts = task?.attempts.length ?? 0;
  const follow = (isFollowing: boolean): void => {
    model.keepPlace({ isFollowing });
    if (isFollowing) model.log.goToEnd();
  };
  return (
    <section
      class="log"
      aria-labelledby="log-title"
      ref={pane}
      onKeyDown={(event) => {
        if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || log === null) return;
        event.preventDefault();
        event.stopPropagation();
        model.log.openFind(true);
      }}
    >
      <div class="log-head">
        <h3 id="log-title">
          {t('Log')}
          {task === undefined ? '' : <span class="log-task"> {task.name}</span>}
          {attempts > 1 && log !== null && (
            <span class="muted"> {t('attempt {0} of {1}', log.attempt, attempts)}</span>
          )}
        </h3>
        {log !== null && (
          <>
            {find.isOpen && (
              <FindBar
                find={find}
                log={model.log}
                onLeave={() => pane.current?.querySelector<HTMLElement>('.log-text')?.focus()}
              />
            )}
            <Checkbox checked={view.isFollowing} onChange={follow}>
              {t('Follow')}
            </Checkbox>
            <div class="log-tools">
              <Button
                appearance="icon"
                aria-label={t('Go to first error')}
                title={t('Go to the first line that tells of a failure')}
                onClick={() => model.log.findError()}
              >
                <Icon name="error" />
              </Button>
              <Button
                appearance="icon"
                aria-label={t('Search in the log')}
                title={t('Search in the log (Ctrl+F)')}
                onClick={() => model.log.openFind(true)}
              >
                <Icon name="search" />
              </Button>
              <Button
                appearance="icon"
                aria-label={t('Open full log')}
                title={t('Open full log')}
                onClick={() => void model.commands.run('openLog', logTask, log.attempt)}
              >
                <Icon name="go-to-file" />
              </Button>
            </div>
          </>
        )}
      </div>
      {log === null ? (
        <p class="log-none muted late">
          {task === undefined && detail.tasks.every((one) => one?.attempts.length === 0)
            ? t('No task has started yet.')
            : state.isReadingLog
              ? t('Loading…')
              : t('This task has no log.')}
        </p>
      ) : (
        <LogText log={log} find={find} isFollowing={view.isFollowing} model={model} />
      )}
    </section>
  );
}
