import type { VNode } from 'preact';
import type { ComparePage, CompareRequest } from '../../protocol/compare-messages.ts';
import type { ListRow } from '../../protocol/list-messages.ts';
import { Icon, StatusWord } from '../parts/icon.tsx';
import { Ago, Elapsed } from '../parts/ticking.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { lookOf } from '../state/status-look.ts';
import { Button } from '../ui.ts';
import { ComparedTasks } from './compared-tasks.tsx';
import { ComparedValues } from './compared-values.tsx';
import { formatDifference } from './format-difference.ts';
import { useComparison } from './use-comparison.ts';
import { t } from '../language/page-language.ts';
import { formatAttempt, formatDuration } from '../language/format.ts';

/** Two executions beside each other: where they part, and all that differs. */
export function ComparePane(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
  readonly compared: CompareRequest;
}): VNode {
  const { state, model, compared } = props;
  const page = useComparison(state, model, compared);
  return (
    <section class="compare" aria-labelledby="compare-title" tabIndex={-1}>
      <div class="analytics-head">
        <h2 id="compare-title">{titleOf(page)}</h2>
        {page !== null && page !== 'gone' && (
          <Button
            appearance="secondary"
            title={t("The workflow file as it was for each, in the editor's own diff")}
            onClick={() => void model.reads.compareWorkflows(compared)}
          >
            <Icon name="diff" slot="start" />
            {page.isSameWorkflow === true
              ? t('Workflow files (same)')
              : t('Compare workflow files')}
          </Button>
        )}
        <Button
          appearance="icon"
          aria-label={t('Close comparison')}
          title={t('Back to the execution')}
          onClick={() => model.keepPlace({ compared: null })}
        >
          <Icon name="close" />
        </Button>
      </div>
      {page === null && <p class="muted late tab-words">{t('Comparing…')}</p>}
      {page === 'gone' && (
        <p class="muted tab-words">{t('One of the two executions is not there any more.')}</p>
      )}
      {page !== null && page !== 'gone' && <Comparison page={page} model={model} />}
    </section>
  );
}

function titleOf(page: ComparePage | 'gone' | null): string {
  if (page === null || page === 'gone') return t('Comparison');
  const { before, after } = page;
  return before.name === after.name ? before.name : t('{0} and {1}', before.name, after.name);
}

function Comparison(props: { readonly page: ComparePage; readonly model: DashboardModel }): VNode {
  const { page, model } = props;
  const isPart = page.divergence !== null;
  return (
    <>
      <p class={`compare-summary ${isPart ? 'parted' : ''}`} role="status">
        <Icon name={isPart ? 'git-compare' : 'pass'} class={isPart ? '' : 'tone-good'} />
        <span>{page.summary}</span>
      </p>
      <Both page={page} model={model} />
      <ComparedTasks page={page} />
      <ComparedValues page={page} />
    </>
  );
}

/** What the two are; a click on one shows it alone. */
function Both(props: { readonly page: ComparePage; readonly model: DashboardModel }): VNode {
  const { page, model } = props;
  const { before, after } = page;
  const sides = [before, after];
  return (
    <table class="task-table compare-table compare-both">
      <caption class="hidden">{t('The two executions')}</caption>
      <thead>
        <tr>
          <td class="compare-name" />
          <th scope="col">{t('Before')}</th>
          <th scope="col">{t('After')}</th>
          <th scope="col" class="compare-difference">
            {t('Difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('Execution')}</th>
          {sides.map((row) => (
            <td key={row.key}>
              <button
                type="button"
                class="link"
                title={t('Show {0}', row.id)}
                onClick={() => model.select(row.key)}
              >
                {row.id}
              </button>
            </td>
          ))}
          <td />
        </tr>
        <tr>
          <th scope="row">{t('State')}</th>
          {sides.map((row) => (
            <td key={row.key}>
              <StatusWord look={lookOf(row.status)} />
              {row.attempt > 1 && <span class="task-attempt">{formatAttempt(row.attempt)}</span>}
            </td>
          ))}
          <td />
        </tr>
        <tr>
          <th scope="row">{t('Started')}</th>
          {sides.map((row) => (
            <td key={row.key}>
              <Ago atMs={row.startedMs ?? row.createdMs} />
            </td>
          ))}
          <td class="number">
            {t('{0} later', formatDuration(after.createdMs - before.createdMs))}
          </td>
        </tr>
        <tr>
          <th scope="row">{t('Duration')}</th>
          {sides.map((row) => (
            <td key={row.key}>
              {row.startedMs !== null && <Elapsed startMs={row.startedMs} endMs={row.finishedMs} />}
            </td>
          ))}
          <td class="number">{formatDifference(tookMs(before), tookMs(after))}</td>
        </tr>
      </tbody>
    </table>
  );
}

function tookMs({ startedMs, finishedMs }: ListRow): number | null {
  return startedMs === null || finishedMs === null ? null : finishedMs - startedMs;
}
