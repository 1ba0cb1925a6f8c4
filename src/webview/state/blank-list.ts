import { listFilters, type ListCounts, type ListRow } from '../../protocol/list-messages.ts';
import type { ListState } from './list-state.ts';

/** Rows of a list that is still to come, at the places of a window. What is drawn of them is not seen. */
export function blankList({
  offset,
  limit,
}: {
  readonly offset: number;
  readonly limit: number;
}): ListState {
  const keys = Array.from({ length: limit }, (_, at) => blankKey(offset + at));
  return {
    offset,
    // Room below, so that the list can be where it was scrolled to.
    total: offset + 2 * limit,
    keys,
    rows: new Map(keys.map((key) => [key, { ...blankRow, key }])),
    facts: {
      counts: Object.fromEntries(listFilters.map((filter) => [filter, 0])) as ListCounts,
      live: { running: 0, waiting: 0, stuck: 0 },
      stored: 0,
      agents: [],
      hasFolders: false,
      groups: [],
    },
  };
}

/** The key of the blank row at a place of the list. */
export function blankKey(index: number): string {
  return `blank-${String(index)}`;
}

/** Of the usual form: one that ended, with an agent that has a name. */
const blankRow: ListRow = {
  key: '',
  id: '0000',
  agent: 'agent',
  name: 'name',
  folder: '',
  status: 'succeeded',
  isStuck: false,
  message: null,
  tasks: { total: 1, succeeded: 1, failed: 0, active: 0, ended: 0 },
  attempt: 1,
  createdMs: 0,
  startedMs: 0,
  finishedMs: 1000,
};
