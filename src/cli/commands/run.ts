import { statSync } from 'node:fs';
import path from 'node:path';
import { readExecution } from '../../engine/store/read-execution.ts';
import { isAgentId, pathOfAgent } from '../../engine/workflow/agent-id.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus, exitStatusOf } from '../exit-status.ts';
import { didYouMean } from '../arguments/nearest-word.ts';
import { engineOptions, openWorkspace, type Workspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { parseInputs } from '../arguments/parse-inputs.ts';
import { printDetached, runDetached } from '../runner-command.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor run` */
export const command: Command = {
  spec: {
    name: 'run',
    summary: 'Run an agent and follow it',
    details: [
      'On a terminal, missing inputs are asked for and progress is drawn live. Elsewhere every change is one line, and the output of a task follows in one piece when the task ends. Ctrl-C cancels, a second Ctrl-C kills.',
    ],
    positionals: [
      {
        name: 'AGENT',
        isRequired: true,
        about: "The agent's id: its workflow file below workflows/, without extension",
      },
    ],
    options: [
      {
        name: 'input',
        short: 'i',
        value: 'NAME=VALUE',
        isRepeatable: true,
        about: 'Set an input; may be given more than once',
      },
      {
        name: 'to',
        value: 'TASK',
        about: 'Run only this task, what it needs, and the tasks under finally',
      },
      {
        name: 'detach',
        about: 'Print the id of the execution and leave it running in the background',
      },
    ],
    examples: [
      {
        command: 'agent-executor run hello -i name=Ada',
        about: 'Run workflows/hello.yaml with an input',
      },
      {
        command: 'agent-executor run ops/backup --detach',
        about: 'Start it in the background; prints the id only',
      },
      {
        command: 'agent-executor run release --json',
        about: 'One JSON object a line, for programs',
      },
    ],
  },
  run: runAgent,
};

async function runAgent(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const meant = await agentOf(workspace, given.positionals[0] ?? '');
  if (!meant.ok) return meant;
  const { agent, unknown } = meant.value;
  const parsed = parseInputs(given.values('input'));
  if (!parsed.ok) return parsed;
  const isJson = given.has('json');
  const inputs =
    terminal.canAsk && !isJson && !given.has('detach')
      ? await completeInputs(terminal, workspace, agent, parsed.value)
      : parsed.value;
  if (inputs === null) return ok(exitStatus.cancelled);
  const to = given.value('to');
  const request = {
    agent,
    inputs,
    trigger: { kind: 'manual', source: 'cli' },
    ...(to === undefined ? {} : { to }),
  } as const;
  if (given.has('detach')) {
    const launched = await runDetached(terminal, workspace, { type: 'start', request });
    if (!launched.ok) return launched;
    printDetached(terminal, launched.value, isJson);
    return ok(refusedStatus(terminal, workspace, launched.value));
  }
  const { startExecution } = await import('../../engine/run/start-execution.ts');
  const { RunLog } = await import('../following/run-log.ts');
  const log = new RunLog(terminal);
  const started = await startExecution({ ...engineOptions(terminal, workspace), log }, request);
  if (!started.ok) return started;
  const { followRun } = await import('../following/follow-run.ts');
  const status = await followRun(started.value, { terminal, workspace, isJson, log });
  if (status === exitStatus.usage && unknown !== null) {
    terminal.stderr.write(`agent-executor run: ${unknown}\n`);
  }
  return ok(status);
}

/** The agent that is meant by its id or by the path of its file; for an id that nobody has, the message that says so. */
interface MeantAgent {
  readonly agent: string;
  readonly unknown: string | null;
}

/** An unknown agent is no refusal: the fallback may run in its place, and otherwise the failure is recorded. */
async function agentOf(workspace: Workspace, given: string): Promise<Result<MeantAgent>> {
  // The usual case, without a look at all the others.
  if (isAgentId(given) && hasWorkflow(workspace, given)) return ok({ agent: given, unknown: null });
  const { findAgents } = await import('../../engine/workflow/find-agents.ts');
  const agents = await findAgents(workspace.root, workspace.workflowsFolder);
  const normal = given.replaceAll('\\', '/').replace(/^\.\//, '');
  const found = agents.find(({ agent, path }) => agent === given || path === normal);
  if (found !== undefined) return ok({ agent: found.agent, unknown: null });
  if (!workspace.isFound) {
    return fail(
      'no-workspace',
      'there is no workflows/ folder here or in a parent folder; name one with -C DIR',
    );
  }
  const names = agents.map(({ agent }) => agent);
  return ok({ agent: given, unknown: `unknown agent "${given}"${didYouMean(given, names)}` });
}

function hasWorkflow({ root, workflowsFolder }: Workspace, agent: string): boolean {
  const file = path.join(root, pathOfAgent(agent, workflowsFolder));
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

async function completeInputs(
  terminal: Terminal,
  workspace: Workspace,
  agent: string,
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | null> {
  const { loadWorkflow } = await import('../../engine/workflow/load-workflow.ts');
  const loaded = await loadWorkflow(workspace.root, workspace.workflowsFolder, agent);
  if (loaded.kind !== 'valid') return given;
  const { askInputs } = await import('../asking/ask-inputs.ts');
  return askInputs(terminal, loaded.workflow.inputs, given);
}

/** A workflow that cannot run is recorded as failed before the runner answers: that must not look like success. */
function refusedStatus(terminal: Terminal, workspace: Workspace, id: string): number {
  const execution = readExecution(workspace.folder, id);
  if (!execution.ok || execution.value.reason !== 'invalid-workflow') return exitStatus.ok;
  terminal.stderr.write(`agent-executor run: ${execution.value.message ?? 'invalid workflow'}\n`);
  return exitStatusOf(execution.value);
}
