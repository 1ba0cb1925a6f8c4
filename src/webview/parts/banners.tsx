import type { VNode } from 'preact';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { Button } from '../ui.ts';
import { Icon } from './icon.tsx';
import { t } from '../language/page-language.ts';

/** What is wrong, above everything else: trouble with the state folder, no trust, a refused command. */
export function Banners(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { state, model } = props;
  const { standing, notice } = state;
  return (
    <div class="banners">
      {state.phase === 'lost' && (
        <div class="banner bad" role="alert">
          <Icon name="error" />
          <p>
            <strong>{t('The extension does not answer.')}</strong> {state.problem}
          </p>
          <Button appearance="secondary" onClick={() => void model.start()}>
            {t('Try again')}
          </Button>
        </div>
      )}
      {standing?.trouble.map((trouble) => (
        <div class="banner bad" role="alert" key={`${trouble.folder} ${trouble.message}`}>
          <Icon name="error" />
          <p>
            <strong>
              {trouble.folder === '' ? '' : `${trouble.folder}: `}
              {trouble.message}
            </strong>
            {trouble.hint === null ? null : ` ${trouble.hint}`}
          </p>
          <Button appearance="secondary" onClick={() => void model.commands.run('showOutput')}>
            {t('Show output')}
          </Button>
        </div>
      ))}
      {standing?.isTrusted === false && (
        <div class="banner info">
          <Icon name="lock" />
          <p>
            <strong>{t('Restricted Mode.')}</strong>{' '}
            {t('Executions are shown, but nothing runs until you trust this workspace.')}
          </p>
          <Button appearance="secondary" onClick={() => void model.commands.run('manageTrust')}>
            {t('Manage Workspace Trust')}
          </Button>
        </div>
      )}
      {notice !== null && (
        <div class="banner attention" role="alert">
          <Icon name="warning" />
          <p>
            <strong>{notice.message}</strong>
            {notice.hint === null ? null : ` ${notice.hint}`}
          </p>
          <Button appearance="icon" aria-label={t('Dismiss')} onClick={() => model.dismissNotice()}>
            <Icon name="close" />
          </Button>
        </div>
      )}
    </div>
  );
}
