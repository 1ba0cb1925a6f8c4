import type { StuckVerdict } from '../../model/execution.ts';
import type {
  ListCounts,
  ListFacts,
  ListFilter,
  ListRequest,
} from '../../protocol/list-messages.ts';
import { maxText } from '../../protocol/limits.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { filterOf } from './execution-facts.ts';
import { fitText } from './fit-text.ts';
import { foldGroups } from './fold-groups.ts';
import { groupRows } from './group-rows.ts';

/** A part of the list as a request sees it. */
export interface ListPage {
  /** Moved back when the list became shorter than the wanted offset. */
  readonly offset: number;
  /** How many match and are in no folded group. */
  readonly total: number;
  readonly items: readonly FolderExecution[];
  readonly facts: ListFacts;
}

/** Text that searches look at, made once per execution: executions are immutable. */
export type SearchTexts = WeakMap<object, string>;

/** Filters, searches and cuts the list, in one walk over all executions. */
export function pageList(
  items: readonly FolderExecution[],
  stuck: ReadonlyMap<string, readonly StuckVerdict[]>,
  request: ListRequest,
  texts: SearchTexts,
): ListPage {
  const counts: Record<ListFilter, number> = {
    all: 0,
    running: 0,
    waiting: 0,
    stuck: 0,
    failed: 0,
    succeeded: 0,
    cancelled: 0,
  };
  const live = { running: 0, waiting: 0, stuck: 0 };
  const agents = new Set<string>();
  const folders = new Set<string>();
  const words = request.query.toLowerCase().split(/\s+/).filter(Boolean);
  const since = toTimestamp(request.sinceMs);
  const until = toTimestamp(request.untilMs);
  const matching: FolderExecution[] = [];
  for (const item of items) {
    const { execution } = item;
    agents.add(execution.agent);
    folders.add(item.folder);
    if (request.agent !== null && execution.agent !== request.agent) continue;
    const filter = filterOf(execution);
    const isStuck = stuck.has(execution.id);
    if (filter === 'running' || filter === 'waiting') live[filter] += 1;
    if (isStuck) live.stuck += 1;
    if (!isInTime(execution.createdAt, since, until)) continue;
    if (words.length > 0 && !hasWords(item, words, texts)) continue;
    counts.all += 1;
    counts[filter] += 1;
    if (isStuck) counts.stuck += 1;
    if (
      request.filter === 'all' ||
      request.filter === filter ||
      (request.filter === 'stuck' && isStuck)
    ) {
      matching.push(item);
    }
  }
  const { items: rows, groups } = foldGroups(groupRows(matching, request.group), request.folded);
  const last = Math.max(0, rows.length - request.limit);
  const offset = Math.min(request.offset, last);
  return {
    offset,
    total: rows.length,
    items: rows.slice(offset, offset + request.limit),
    facts: {
      counts: counts satisfies ListCounts,
      live,
      stored: items.length,
      agents: [...agents]
        .sort()
        .slice(0, 100)
        .map((agent) => fitText(agent, maxText.id)),
      hasFolders: folders.size > 1,
      groups,
    },
  };
}

/** Times are texts of one form: they are compared without being read. */
function isInTime(at: string, since: string | null, until: string | null): boolean {
  return (since === null || at >= since) && (until === null || at < until);
}

function toTimestamp(ms: number | null): string | null {
  return ms === null || ms > 8.64e15 ? null : new Date(ms).toISOString();
}

function hasWords(item: FolderExecution, words: readonly string[], texts: SearchTexts): boolean {
  let text = texts.get(item.execution);
  if (text === undefined) {
    const { execution } = item;
    const inputs = Object.entries(execution.inputs).map(([name, value]) => `${name}=${value}`);
    text = [execution.id, execution.agent, execution.name, item.folder, execution.status]
      .concat(execution.message ?? [], execution.reason ?? [], inputs)
      .join('\n')
      .toLowerCase();
    texts.set(item.execution, text);
  }
  const found = text;
  return words.every((word) => found.includes(word));
}
