import { isHistoryEntry } from '../../engine/history/history-entry.ts';
import type { HistoryQuery } from '../../engine/history/history-query.ts';
import { listExecutions } from '../../engine/history/list-executions.ts';
import type { HistoryPage, ListedExecution } from '../../engine/history/read-history.ts';
import { readExecution } from '../../engine/store/read-execution.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import { readSnapshot } from '../../engine/store/state-follower.ts';
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { didYouMean } from '../arguments/nearest-word.ts';
import { queryOptions, readQuery } from '../arguments/query-options.ts';
import type { Command, CommandFailure } from '../command.ts';
import { renderAgents, renderExecutions } from '../drawing/render-lists.ts';
import { exitStatus } from '../exit-status.ts';
import { historyProgress } from '../history-progress.ts';
import { listAgents, type ListedAgent } from '../list-agents.ts';
import { openWorkspace } from '../open-workspace.ts';
import { tellTrouble } from '../tell-trouble.ts';
import { fitLines, type Terminal } from '../terminal.ts';

/** `agent-executor list` */
export const command: Command = {
  spec: {
    name: 'list',
    summary: 'List agents and executions',
    positionals: [],
    options: [
      ...queryOptions,
      { name: 'limit', short: 'n', value: 'N', about: 'At most N executions (default: 50)' },
      { name: 'after', value: 'ID', about: 'The next page: only executions older than this one' },
      { name: 'all', about: 'All executions, however many' },
    ],
    examples: [
      { command: 'agent-executor list --status failed', about: 'Executions that failed' },
      {
        command: 'agent-executor list --since 7d --text "backup timeout"',
        about: 'What happened to the backups in the last week',
      },
      { command: 'agent-executor list --agent hello --limit 5 --json', about: 'For programs' },
    ],
  },
  run: list,
};

const defaultLimit = 50;

async function list(terminal: Terminal, given: Arguments): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const { folder } = workspace;
  const limit = limitOf(given);
  if (!limit.ok) return limit;
  const query = readQuery(given, terminal.now());
  if (!query.ok) return query;
  const snapshot = await readSnapshot(folder);
  tellTrouble(terminal, snapshot.trouble);
  const all = await listAgents(workspace, snapshot.executions);
  const { agent } = query.value;
  const page = await pageOf(terminal, folder, snapshot.executions, given, query.value, limit.value);
  const isKnown =
    agent === undefined || page.items.length > 0 || all.some((item) => item.agent === agent);
  if (!isKnown && !(await hasRun(folder, snapshot.executions, agent))) {
    const names = all.map((item) => item.agent);
    return fail('unknown-agent', `unknown agent "${agent}"${didYouMean(agent, names)}`);
  }
  const agents = all.filter((item) => agent === undefined || item.agent === agent);
  if (given.has('json')) printJson(terminal, folder, agents, page);
  else print(terminal, workspace.root, agents, page);
  return ok(exitStatus.ok);
}

async function pageOf(
  terminal: Terminal,
  folder: StateFolder,
  view: readonly Execution[],
  given: Arguments,
  query: HistoryQuery,
  limit: number,
): Promise<HistoryPage> {
  const before = given.value('after');
  const request = { query, limit, ...(before === undefined ? {} : { before }) };
  const progress = historyProgress(terminal);
  const page = await listExecutions(folder, view, request, progress);
  progress.done();
  return page;
}

/** An agent without a file is known by what it did. */
async function hasRun(
  folder: StateFolder,
  view: readonly Execution[],
  agent: string,
): Promise<boolean> {
  const page = await listExecutions(folder, view, { query: { agent }, limit: 1 });
  return page.items.length > 0;
}

/** Row by row: a long history does not fit into one text. */
function printJson(
  terminal: Terminal,
  folder: StateFolder,
  agents: readonly ListedAgent[],
  { items, next }: HistoryPage,
): void {
  const { stdout } = terminal;
  const indented = (value: unknown, by: string): string =>
    JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);
  stdout.write(`{\n  "agents": ${indented(agents, '  ')},\n  "executions": [`);
  let isFirst = true;
  for (const item of items) {
    const execution = wholeExecution(folder, item);
    // Removed between the listing and here.
    if (execution === null) continue;
    stdout.write(`${isFirst ? '' : ','}\n    ${indented(execution, '    ')}`);
    isFirst = false;
  }
  stdout.write(`${isFirst ? '' : '\n  '}],\n  "next": ${JSON.stringify(next)}\n}\n`);
}

function wholeExecution(folder: StateFolder, item: ListedExecution): Execution | null {
  if (!isHistoryEntry(item)) return item;
  const read = readExecution(folder, item.id);
  return read.ok ? read.value : null;
}

function print(
  terminal: Terminal,
  root: string,
  agents: readonly ListedAgent[],
  { items, next }: HistoryPage,
): void {
  const { paint } = terminal;
  const now = terminal.now();
  const lines = [paint('bold', 'Agents')];
  if (agents.length === 0) {
    lines.push(
      paint('dim', `  none: make workflows/hello.yaml in ${root}, or name a folder with -C DIR`),
    );
  }
  lines.push(...renderAgents(agents, terminal, now).map((line) => `  ${line}`));
  lines.push('', paint('bold', 'Executions'));
  if (items.length === 0) lines.push(paint('dim', '  none'));
  lines.push(...renderExecutions(items, terminal, now).map((line) => `  ${line}`));
  if (next !== null) {
    lines.push(paint('dim', `  older ones: --after ${next}, --limit N, or --all`));
  }
  terminal.stdout.write(`${fitLines(lines, terminal).join('\n')}\n`);
}

function limitOf(given: Arguments): Result<number> {
  if (given.has('all')) return ok(Infinity);
  const text = given.value('limit');
  if (text === undefined) return ok(defaultLimit);
  if (!/^\d+$/.test(text) || Number(text) < 1) {
    return fail('usage', `--limit needs a whole number of at least 1, not "${text}"`);
  }
  return ok(Number(text));
}
