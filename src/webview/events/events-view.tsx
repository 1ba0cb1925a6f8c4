import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventRow } from '../../protocol/events-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DetailState } from '../state/detail-state.ts';
import { formatClock, formatMoment } from '../state/format-time.ts';
import { Button } from '../ui.ts';
import { locale, t } from '../language/page-language.ts';

interface Loaded {
  readonly events: readonly EventRow[];
  readonly total: number;
  readonly isFirst: boolean;
}

/** How long changes are collected before the events are read again. */
const restMs = 250;

/** Everything that happened, from the journal, newest last. */
export function EventsView(props: {
  readonly detail: DetailState;
  readonly model: DashboardModel;
}): VNode {
  const { detail, model } = props;
  const { key } = detail;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(
      () => {
        void model.reads.readEvents(key, null).then((page) => {
          if (isWanted && page !== null) setLoaded((old) => joinNewer(old, page));
        });
      },
      loaded === null ? 0 : restMs,
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, detail]);
  if (loaded === null) return <p class="muted late tab-words">{t('Reading what happened…')}</p>;
  const showEarlier = (): void => {
    const first = loaded.events[0]?.seq ?? null;
    void model.reads.readEvents(key, first).then((page) => {
      if (page === null) return;
      setLoaded((old) =>
        old === null
          ? page
          : { ...old, isFirst: page.isFirst, events: [...page.events, ...old.events] },
      );
    });
  };
  if (loaded.events.length === 0)
    return <p class="muted tab-words">{t('Nothing is on record.')}</p>;
  return (
    <>
      {!loaded.isFirst && (
        <p class="more-tasks">
          <Button appearance="secondary" onClick={showEarlier}>
            {t('Show earlier events')}
          </Button>
        </p>
      )}
      <table class="task-table events-table">
        <thead>
          <tr>
            <th scope="col" class="event-time">
              {t('Time')}
            </th>
            <th scope="col" class="event-task">
              {t('Task')}
            </th>
            <th scope="col">{t('What happened')}</th>
            <th scope="col">{t('Why')}</th>
          </tr>
        </thead>
        <tbody>
          {loaded.events.map((event, index) => (
            <tr key={event.seq}>
              <td class="number" title={formatMoment(event.atMs)}>
                {dayBefore(loaded.events[index - 1], event)}
                {formatClock(event.atMs)}
              </td>
              <td title={event.task ?? undefined}>
                {event.task ?? <span class="muted">{t('execution')}</span>}
              </td>
              <td>
                <span class={`event-dot tone-${event.tone}`} aria-hidden="true" />
                {event.what}
              </td>
              <td class="task-details" title={event.cause ?? undefined}>
                {event.cause}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Newer events come to what is there; a gap between the two starts anew. */
function joinNewer(old: Loaded | null, page: Loaded): Loaded {
  const first = page.events[0]?.seq ?? 0;
  const kept = old?.events.filter(({ seq }) => seq < first) ?? [];
  if (old === null || kept.at(-1)?.seq !== first - 1) return page;
  return { ...page, isFirst: old.isFirst, events: [...kept, ...page.events] };
}

function dayBefore(before: EventRow | undefined, event: EventRow): string {
  if (before === undefined) return '';
  const day = new Date(event.atMs).toLocaleDateString(locale);
  return day === new Date(before.atMs).toLocaleDateString(locale) ? '' : `${day} `;
}
