import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DashboardState } from '../state/dashboard-state.ts';
import type { DetailState } from '../state/detail-state.ts';
import { onOtherScroller } from './low-page.ts';

/**
 * Brings the task that failed into view when an execution that failed is opened, or fails while it is looked at; once, and
 * not where somebody has scrolled already. Where heights change after that, it stays in view until somebody scrolls: buttons
 * are drawn later than text, and pages are resized. The reference is for the table.
 */
export function useFailureInView(
  { view, logTask }: DashboardState,
  { key, head, tasks }: DetailState,
): RefObject<HTMLTableElement> {
  const table = useRef<HTMLTableElement>(null);
  const done = useRef<string | null>(null);
  const place = useRef<number | null>(null);
  // After the pane has put its scroll where it was.
  useEffect(() => {
    if (done.current === key) return;
    place.current = null;
    if (view.detailScroll > 0) {
      done.current = key;
      return;
    }
    if (head.status !== 'failed') return;
    // Rows come in several messages: until that of the failure is there, the log is of another one.
    const shown = tasks.find((task) => task?.id === logTask);
    const row = table.current?.querySelector('.task.shown');
    if (shown?.status !== 'failed' || row === null || row === undefined) return;
    done.current = key;
    place.current = bringIntoView(row);
  }, [key, head.status, tasks, logTask]);
  useEffect(() => {
    const keepInView = (): void => {
      const row = table.current?.querySelector('.task.shown');
      if (row === null || row === undefined || place.current !== scrolledBy(row)) return;
      place.current = bringIntoView(row);
    };
    const observer = new ResizeObserver(keepInView);
    const scroller = table.current?.closest('.detail-scroll');
    for (const element of [scroller, ...(scroller?.children ?? [])]) {
      if (element !== null && element !== undefined) observer.observe(element);
    }
    const stop = onOtherScroller(keepInView);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [key]);
  return table;
}

/** Returns how far that was scrolled, in pixels. */
function bringIntoView(row: Element): number {
  row.scrollIntoView({ block: 'nearest' });
  return scrolledBy(row);
}

/** How far what scrolls the row is scrolled, in pixels. */
function scrolledBy(row: Element): number {
  const scrollers = [row.closest('.detail-scroll'), row.closest('.detail')];
  return Math.round(Math.max(...scrollers.map((element) => element?.scrollTop ?? 0)));
}
