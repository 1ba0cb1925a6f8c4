import { allExecutions } from '../../engine/history/list-executions.ts';
import { readSnapshot } from '../../engine/store/state-follower.ts';
import { findAgents } from '../../engine/workflow/find-agents.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { Command, CommandFailure } from '../command.ts';
import { StatsCounter } from '../compute-stats.ts';
import { exitStatus } from '../exit-status.ts';
import { didYouMean } from '../arguments/nearest-word.ts';
import { historyProgress } from '../history-progress.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { renderStats } from '../drawing/render-lists.ts';
import { tellTrouble } from '../tell-trouble.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor stats` */
export const command: Command = {
  spec: {
    name: 'stats',
    summary: 'Success rates and durations of agents and tasks',
    details: [
      'Rates count succeeded, failed and interrupted executions; durations (p50, p95) those that succeeded.',
    ],
    positionals: [{ name: 'AGENT', about: 'Only this agent' }],
    options: [],
    examples: [
      { command: 'agent-executor stats', about: 'All agents' },
      { command: 'agent-executor stats hello --json', about: 'One agent, for programs' },
    ],
  },
  run: stats,
};

async function stats(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { folder, root, workflowsFolder } = opened.value;
  const snapshot = await readSnapshot(folder);
  tellTrouble(terminal, snapshot.trouble);
  const counter = new StatsCounter();
  const progress = historyProgress(terminal);
  for await (const entries of allExecutions(folder, snapshot.executions, progress)) {
    for (const entry of entries) counter.add(entry);
  }
  progress.done();
  const all = counter.result();
  const agent = given.positionals[0];
  const agents = all.filter((item) => agent === undefined || item.agent === agent);
  if (agent !== undefined && agents.length === 0) {
    const names = (await findAgents(root, workflowsFolder)).map((item) => item.agent);
    // An agent that never ran is no mistake.
    if (!names.includes(agent)) {
      return fail('unknown-agent', `unknown agent "${agent}"${didYouMean(agent, names)}`);
    }
  }
  if (given.has('json')) terminal.stdout.write(`${JSON.stringify({ agents }, null, 2)}\n`);
  else if (agents.length === 0) terminal.stdout.write('nothing has run yet\n');
  else terminal.stdout.write(`${renderStats(agents, terminal).join('\n')}\n`);
  return ok(exitStatus.ok);
}
