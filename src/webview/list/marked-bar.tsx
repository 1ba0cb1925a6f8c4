import type { VNode } from 'preact';
import { Icon } from '../parts/icon.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { commandsForMarked } from '../state/marks.ts';
import { Button } from '../ui.ts';
import { t } from '../language/page-language.ts';

const looks = [
  { command: 'cancel', icon: 'debug-stop', label: t('Cancel') },
  { command: 'retry', icon: 'debug-restart', label: t('Retry') },
  { command: 'resume', icon: 'debug-continue', label: t('Resume') },
] as const;

/** What can be done with all executions that are marked. */
export function MarkedBar(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode | null {
  const { state, model } = props;
  const { marked, markedStatus, list, standing } = state;
  if (marked.length === 0 || list === null) return null;
  const marks = marked.flatMap((key) => {
    // What is near the screen is known as it is now.
    const status = list.rows.get(key)?.status ?? markedStatus.get(key);
    return status === undefined ? [] : [{ key, status }];
  });
  const possible = commandsForMarked(marks);
  const [one, other] = marked;
  return (
    <div class="marked-bar" role="group" aria-label={t('Marked executions')}>
      <p role="status">{t('{0} marked', marked.length)}</p>
      {standing?.isTrusted === true &&
        looks
          .filter(({ command }) => possible[command].length > 0)
          .map(({ command, icon, label }) => (
            <Button
              key={command}
              appearance="secondary"
              disabled={state.busy.includes(`all ${command}`)}
              onClick={() => void model.marks.runForAll(command, possible[command])}
            >
              <Icon name={icon} slot="start" />
              {label} {possible[command].length}
            </Button>
          ))}
      {marked.length === 2 && one !== undefined && other !== undefined && (
        <Button appearance="secondary" onClick={() => model.compare(one, other)}>
          <Icon name="diff" slot="start" />
          {t('Compare')}
        </Button>
      )}
      <Button
        appearance="secondary"
        disabled={state.busy.includes('all export')}
        onClick={() => void model.marks.exportAll()}
      >
        <Icon name="export" slot="start" />
        {t('Export…')}
      </Button>
      <Button
        appearance="icon"
        aria-label={t('Mark none')}
        title={t('Mark none (Escape)')}
        onClick={() => model.marks.clear()}
      >
        <Icon name="close" />
      </Button>
    </div>
  );
}
