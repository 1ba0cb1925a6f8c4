import type { VNode } from 'preact';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { Button } from '../ui.ts';
import { Icon } from './icon.tsx';
import { t } from '../language/page-language.ts';

/** Nothing has run yet. */
export function NoExecution(props: {
  readonly isTrusted: boolean;
  readonly hasAgents: boolean;
  readonly model: DashboardModel;
}): VNode {
  const { isTrusted, hasAgents, model } = props;
  return (
    <main class="empty">
      <Icon name="play-circle" class="empty-icon" />
      <h2>{t('Nothing has run yet')}</h2>
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
        <Button onClick={() => void model.run('newWorkflow')}>
          <Icon name="new-file" slot="start" />
          {t('Create a Sample Workflow')}
        </Button>
      )}
      {isTrusted && hasAgents && (
        <Button onClick={() => void model.run('runWorkflow')}>
          <Icon name="play" slot="start" />
          {t('Run workflow…')}
        </Button>
      )}
    </main>
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
