import { findLeftovers, type Leftover } from '../engine/run/leftovers.ts';
import { planRestart, type RestartPlan } from '../engine/run/plan-restart.ts';
import { readExecution } from '../engine/store/read-execution.ts';
import type { Execution } from '../model/execution.ts';
import { ok, type Result } from '../model/result.ts';
import { askYes } from './asking/ask.ts';
import type { CommandFailure } from './command.ts';
import { exitStatus } from './exit-status.ts';
import { findExecution } from './find-execution.ts';
import { engineOptions, openWorkspace, type Workspace } from './open-workspace.ts';
import type { Arguments } from './arguments/arguments.ts';
import { renderPlan } from './drawing/render-plan.ts';
import { printDetached, runDetached } from './runner-command.ts';
import type { Terminal } from './terminal.ts';
import { userName } from './user-name.ts';

/**
 * `retry` and `resume`: shows what is kept and what runs again, asks on a terminal, and follows the run. Elsewhere
 * the plan goes to stderr and the run begins.
 */
export async function restart(
  terminal: Terminal,
  given: Arguments,
  why: 'retry' | 'resume',
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const [id = 'latest', ...tasks] = given.positionals;
  const found = findExecution(workspace, id);
  if (!found.ok) return found;
  let execution = found.value;
  if (given.has('force')) {
    const { forceTakeOver } = await import('./force-command.ts');
    const taken = await forceTakeOver(terminal, workspace.folder, execution, given.has('yes'));
    if (!taken.ok) return taken;
    if (taken.value === null) return ok(exitStatus.ok);
    execution = taken.value;
  }
  const hash = await currentHash(workspace, execution);
  const plan = planRestart(execution, why, tasks.length === 0 ? undefined : tasks, hash);
  if (!plan.ok) return plan;

  const mustAsk = terminal.canAsk && !given.has('yes') && !given.has('json');
  const leftovers = leftoversOf(workspace, execution, plan.value);
  const sink = mustAsk ? terminal.stdout : terminal.stderr;
  sink.write(`${renderPlan(execution, plan.value, leftovers, why, terminal).join('\n')}\n`);
  if (mustAsk) {
    const answer = await askYes(terminal, questionOf(plan.value, leftovers));
    if (answer === null) return ok(exitStatus.cancelled);
    if (!answer) return ok(exitStatus.ok);
  }

  const request = {
    id: execution.id,
    why,
    by: userName(),
    ...(tasks.length === 0 ? {} : { tasks }),
  };
  const isJson = given.has('json');
  if (given.has('detach')) {
    const launched = await runDetached(terminal, workspace, { type: 'restart', request });
    if (!launched.ok) return launched;
    printDetached(terminal, launched.value, isJson);
    return ok(exitStatus.ok);
  }
  const { restartExecution } = await import('../engine/run/restart-execution.ts');
  const { RunLog } = await import('./following/run-log.ts');
  const log = new RunLog(terminal);
  const started = await restartExecution({ ...engineOptions(terminal, workspace), log }, request);
  if (!started.ok) return started;
  const { followRun } = await import('./following/follow-run.ts');
  return ok(await followRun(started.value, { terminal, workspace, isJson, log }));
}

function leftoversOf(
  { folder }: Workspace,
  execution: Execution,
  plan: RestartPlan,
): readonly Leftover[] {
  const again = new Set(plan.again.map(({ task }) => task));
  const tasks = execution.tasks.filter(({ id }) => again.has(id));
  return findLeftovers(execution, tasks, (id) => {
    const read = readExecution(folder, id);
    return read.ok ? read.value : null;
  });
}

function questionOf({ again }: RestartPlan, leftovers: readonly Leftover[]): string {
  const pids = leftovers.flatMap((left) => left.pids);
  const tasks = `${String(again.length)} task(s)`;
  if (pids.length === 0) return `Run ${tasks}?`;
  return `End ${pids.length === 1 ? `process ${String(pids[0])}` : `${String(pids.length)} processes`} and run ${tasks}?`;
}

async function currentHash(workspace: Workspace, execution: Execution): Promise<string | null> {
  const { loadWorkflow } = await import('../engine/workflow/load-workflow.ts');
  const agent = execution.fallback === null ? execution.agent : null;
  if (agent === null) return null;
  const loaded = await loadWorkflow(workspace.root, workspace.workflowsFolder, agent);
  return loaded.kind === 'missing' ? null : loaded.hash;
}
