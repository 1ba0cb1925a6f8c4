import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DashboardState } from '../state/dashboard-state.ts';
import type { DetailState } from '../state/detail-state.ts';

/**
 * Brings the task that failed into view when an execution that failed is opened, or fails while it is looked at; once, and
 * not where somebody has scrolled already. The reference is for the table.
 */
export function useFailureInView(
  { view, logTask }: DashboardState,
  { key, head, tasks }: DetailState,
): RefObject<HTMLTableElement> {
  const table = useRef<HTMLTableElement>(null);
  const done = useRef<string | null>(null);
  // After the pane has put its scroll where it was.
  useEffect(() => {
    if (done.current === key) return;
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
    row.scrollIntoView({ block: 'nearest' });
  }, [key, head.status, tasks, logTask]);
  return table;
}
