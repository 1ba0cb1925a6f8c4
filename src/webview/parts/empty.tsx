import type { VNode } from 'preact';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { Button } from '../ui.ts';
import { Icon } from './icon.tsx';
import { t } from '../language/page-language.ts';

/** Nothing has run yet, or nothing is left of it. */
export function NoExecution(props: {
  /** Something was shown here. */
  readonly isGone: boolean;
  readonly isTrusted: boolean;
  readonly hasAgents: boolean;
  readonly model: DashboardModel;
}): VNode {
  const { isGone, isTrusted, hasAgents, model } = props;
  return (
    <main class="empty">
      <Icon name="play-circle" class="empty-icon" />
      <h2>{isGone ? t('This execution was removed') : t('Nothing has run yet')}</h2>
      {isGone && <p>{t('There is no other one.')}</p>}
      <p>
        {hasAgents
          ? t(
              'Run a workflow and follow its tasks, attempts and logs here, live. Executions stay when the window is closed.',
            )
          : t(
              'There is no workflow in this folder yet. A workflow is a YAML file of tasks; run it, and follow its tasks and logs here, live.',
            )}
      </p>
      {isTrusted && !hasAgents && (
        <Button onClick={() => void model.commands.run('newWorkflow')}>
          <Icon name="new-file" slot="start" />
          {t('Create a Sample Workflow')}
        </Button>
      )}
      {isTrusted && hasAgents && (
        <Button onClick={() => void model.commands.run('runWorkflow')}>
          <Icon name="play" slot="start" />
          {t('Run workflow…')}
        </Button>
      )}
    </main>
  );
}

/** The selected execution is not there any more: it was removed before this page was loaded. */
export function GoneExecution({ model }: { readonly model: DashboardModel }): VNode {
  return (
    <div class="empty">
      <Icon name="trash" class="empty-icon" />
      <h2>{t('This execution was removed')}</h2>
      <p>
        {t('By a person, by a limit of the history, or with its folder. Its logs went with it.')}
      </p>
      <Button appearance="secondary" onClick={() => model.selectAt(0)}>
        {t('Show the first in the list')}
      </Button>
    </div>
  );
}

/** There are executions, but none that the filter lets through. */
export function NoMatch({ model }: { readonly model: DashboardModel }): VNode {
  return (
    <div class="empty small">
      <p>{t('No execution matches.')}</p>
      <Button
        appearance="secondary"
        onClick={() =>
          model.narrow({ filter: 'all', query: '', agent: null, sinceMs: null, untilMs: null })
        }
      >
        {t('Clear filter')}
      </Button>
    </div>
  );
}
