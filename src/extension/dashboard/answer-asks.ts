import type { CommandRequest } from '../../protocol/command-messages.ts';
import type { CompareRequest } from '../../protocol/compare-messages.ts';
import type { ListRequest } from '../../protocol/list-messages.ts';
import type { FilePlace, LogSearchRequest, LogSearchResult } from '../../protocol/log-messages.ts';
import type { HandlersOf } from '../../protocol/message-map.ts';
import type { ToHost } from '../../protocol/messages.ts';
import { checkCommand } from './check-command.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { insightsCsv } from './insights-csv.ts';
import { InsightsFeed } from './insights-feed.ts';
import type { ListPage } from './list-page.ts';
import type { LogFeed } from './log-feed.ts';
import { LogSearch } from './log-search.ts';
import { markRange } from './mark-range.ts';
import { pageEvents, toDataValues } from './page-events.ts';
import { goneExecution, refused } from './refuse.ts';
import type { DashboardSource, SessionOptions } from './session-options.ts';
import { inOrderOfTime, toComparison } from './to-comparison.ts';

/** What changes nothing that a session keeps of its page. */
type PlainAsk =
  | 'log-page'
  | 'log-search'
  | 'open-file'
  | 'events'
  | 'values'
  | 'insights'
  | 'export-insights'
  | 'compare'
  | 'compare-workflows'
  | 'mark-range'
  | 'export'
  | 'command'
  | 'problem';

/** What a session has for them. */
interface SessionParts {
  /** What follows the log that is shown. */
  readonly feed: () => LogFeed | null;
  readonly page: (request: ListRequest) => ListPage;
}

/** Answers what a page asks for beside its list, its detail and the log it follows. */
export function answerAsks(
  options: SessionOptions,
  { feed, page }: SessionParts,
): Pick<HandlersOf<ToHost>, PlainAsk> {
  const { source, words } = options;
  const search = new LogSearch(options.reader.range);
  const insights = new InsightsFeed(options.readHistory, options.nowMs);
  const find = (key: string): FolderExecution | undefined => findExecution(source, key);
  return {
    'log-page': (request) => feed()?.readPage(request) ?? null,
    'log-search': (request) => searchLog(search, feed()?.fileOf(request) ?? null, request),
    'open-file': (place) => openFile(options, place),
    events: ({ key, before }) => {
      const item = find(key);
      return item === undefined ? null : pageEvents(options.readEvents(item), before, words);
    },
    values: (key) => {
      const item = find(key);
      return item === undefined ? null : toDataValues(item.execution);
    },
    insights: (request) => insights.answer(source.executions(), request),
    'export-insights': async (request) => {
      const answer = await insights.answer(source.executions(), request);
      await options.saveText('agent-executor.csv', insightsCsv(answer));
      return null;
    },
    compare: (request) => {
      const pair = pairOf(source, request);
      return pair === null ? null : toComparison(...pair, words);
    },
    'compare-workflows': (request) => compareWorkflows(options, request),
    'mark-range': ({ list, from, to }) => {
      const all = { ...list, offset: 0, limit: Number.MAX_SAFE_INTEGER };
      return markRange(page(all).items, { from, to });
    },
    export: async (keys) => {
      const items = keys.flatMap((key) => find(key) ?? []);
      if (items.length === 0) throw refused(goneExecution, words);
      await source.exportExecutions(items);
      return null;
    },
    command: (request) => runCommand(options, request),
    problem: (message) => {
      options.report(`in the dashboard: ${message}`);
    },
  };
}

/** The execution of a key; undefined when it is not there any more. */
export function findExecution(source: DashboardSource, key: string): FolderExecution | undefined {
  return source.executions().find((item) => item.key === key);
}

async function searchLog(
  search: LogSearch,
  file: string | null,
  request: LogSearchRequest,
): Promise<LogSearchResult> {
  if (file === null) return { total: 0, isCapped: false, found: null };
  return search.find(file, request);
}

async function openFile(
  { source, words, openFile: open }: SessionOptions,
  place: FilePlace,
): Promise<null> {
  const item = findExecution(source, place.key);
  if (item === undefined) throw refused(goneExecution, words);
  const opened = await open(item, place);
  if (!opened.ok) throw refused(opened.error, words);
  return null;
}

async function compareWorkflows(
  { source, words, openDiff }: SessionOptions,
  request: CompareRequest,
): Promise<null> {
  const pair = pairOf(source, request);
  if (pair === null) throw refused(goneExecution, words);
  const opened = await openDiff(...inOrderOfTime(...pair));
  if (!opened.ok) throw refused(opened.error, words);
  return null;
}

async function runCommand(
  { source, words }: SessionOptions,
  request: CommandRequest,
): Promise<null> {
  const target = request.key === null ? null : (findExecution(source, request.key) ?? null);
  const checked = checkCommand(request, target, source.isTrusted());
  if (!checked.ok) throw refused(checked.error, words);
  await source.runCommand(checked.value);
  return null;
}

function pairOf(
  source: DashboardSource,
  { one, other }: CompareRequest,
): readonly [FolderExecution, FolderExecution] | null {
  const pair = [findExecution(source, one), findExecution(source, other)] as const;
  return pair[0] === undefined || pair[1] === undefined ? null : [pair[0], pair[1]];
}
