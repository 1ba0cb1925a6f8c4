import type { ListFilter } from '../../protocol/list-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';

/** When the day after the one that began at a time begins. */
export function nextDay(atMs: number): number {
  const day = new Date(atMs);
  day.setDate(day.getDate() + 1);
  return day.getTime();
}

/** Narrows the list to a day. */
export function showDay(model: DashboardModel, atMs: number, filter: ListFilter): void {
  model.narrow({ filter, sinceMs: atMs, untilMs: nextDay(atMs) });
}
