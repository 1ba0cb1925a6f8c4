import { useEffect, useState } from 'preact/hooks';
import { isExecutionOver } from '../../model/status.ts';
import type { ComparePage, CompareRequest } from '../../protocol/compare-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';

/** How long changes are collected before the two are compared again. */
const restMs = 500;

/**
 * The comparison of two executions, made again while one of them goes on; `null` before the first answer, `'gone'` when one
 * is not there any more.
 */
export function useComparison(
  state: DashboardState,
  model: DashboardModel,
  { one, other }: CompareRequest,
): ComparePage | 'gone' | null {
  const [shown, setShown] = useState<{
    readonly of: string;
    readonly page: ComparePage | 'gone';
  }>();
  const of = `${one}\n${other}`;
  const page = shown?.of === of ? shown.page : null;
  const isOver =
    page === 'gone' ||
    (page !== null && isExecutionOver(page.before.status) && isExecutionOver(page.after.status));
  // What is over stays as it is, unless it is tried again: then its row says so.
  const [oneRow, otherRow] = [state.list?.rows.get(one), state.list?.rows.get(other)];
  const standing = isOver ? null : state.standing?.readMs;
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(
      () => {
        void model.reads.readComparison({ one, other }).then((answer) => {
          if (isWanted) setShown({ of, page: answer ?? 'gone' });
        });
      },
      page === null ? 0 : restMs,
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [of, oneRow, otherRow, standing]);
  return page;
}
