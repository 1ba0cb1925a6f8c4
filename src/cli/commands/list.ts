import { readSnapshot } from '../../engine/store/state-follower.ts';
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { executionStatuses } from '../../model/status.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { listAgents, type ListedAgent } from '../list-agents.ts';
import { didYouMean } from '../arguments/nearest-word.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { renderAgents, renderExecutions } from '../drawing/render-lists.ts';
import { tellTrouble } from '../tell-trouble.ts';
import { fitLines, type Terminal } from '../terminal.ts';

/** `agent-executor list` */
export const command: Command = {
  spec: {
    name: 'list',
    summary: 'List agents and executions',
    positionals: [],
    options: [
      { name: 'agent', short: 'a', value: 'AGENT', about: 'Only this agent' },
      {
        name: 'status',
        short: 's',
        value: 'STATUS',
        isRepeatable: true,
        about: 'Only executions with this status; may be given more than once',
      },
      { name: 'limit', short: 'n', value: 'N', about: 'At most N executions (default: 50)' },
      { name: 'all', about: 'All executions, however many' },
    ],
    examples: [
      { command: 'agent-executor list --status failed', about: 'Executions that failed' },
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
  const limit = limitOf(given);
  if (!limit.ok) return limit;
  const statuses = statusesOf(given);
  if (!statuses.ok) return statuses;
  const snapshot = await readSnapshot(workspace.folder);
  tellTrouble(terminal, snapshot.trouble);
  const all = await listAgents(workspace, snapshot.executions);
  const agent = given.value('agent');
  const isKnown =
    agent === undefined ||
    all.some((item) => item.agent === agent) ||
    snapshot.executions.some((execution) => execution.agent === agent);
  if (!isKnown) {
    const names = all.map((item) => item.agent);
    return fail('unknown-agent', `unknown agent "${agent}"${didYouMean(agent, names)}`);
  }
  const agents = all.filter((item) => agent === undefined || item.agent === agent);
  const matching = snapshot.executions.filter(
    (execution) =>
      (agent === undefined || execution.agent === agent) &&
      (statuses.value.length === 0 || statuses.value.includes(execution.status)),
  );
  const executions = matching.slice(0, limit.value);
  if (given.has('json')) {
    terminal.stdout.write(`${JSON.stringify({ agents, executions }, null, 2)}\n`);
    return ok(exitStatus.ok);
  }
  print(terminal, workspace.root, agents, executions, matching.length);
  return ok(exitStatus.ok);
}

function print(
  terminal: Terminal,
  root: string,
  agents: readonly ListedAgent[],
  executions: readonly Execution[],
  count: number,
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
  if (executions.length === 0) lines.push(paint('dim', '  none'));
  lines.push(...renderExecutions(executions, terminal, now).map((line) => `  ${line}`));
  if (count > executions.length) {
    lines.push(
      paint('dim', `  ${String(count - executions.length)} older ones: --all, or --limit N`),
    );
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

function statusesOf(given: Arguments): Result<readonly string[]> {
  const words = given.values('status').flatMap((word) => word.split(','));
  const known: readonly string[] = executionStatuses;
  for (const word of words) {
    if (known.includes(word)) continue;
    const near = didYouMean(word, known);
    return fail('usage', `unknown status "${word}"${near || `; one of ${known.join(', ')}`}`);
  }
  return ok(words);
}
