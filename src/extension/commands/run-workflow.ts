import * as vscode from 'vscode';
import { ok, type Result } from '../../model/result.ts';
import type { Trigger } from '../../model/execution.ts';
import type { InputSpec, InputValue } from '../../model/workflow.ts';
import { newestByAgent } from '../folder-state.ts';
import { askInputs } from './ask-inputs.ts';
import { chooseAgent, type ChosenAgent } from './choose-agent.ts';
import type { Command, CommandScope } from './command-scope.ts';
import { readArgument } from './read-argument.ts';
import { saveWorkflow } from './save-workflow.ts';

const { t } = vscode.l10n;

const manual: Trigger = { kind: 'manual', source: 'vscode' };
const question = t('Which agent shall run?');

/**
 * Runs an agent: the first argument names it, the second one gives inputs. Without inputs all that are declared are
 * asked for, with some only those that are required and missing. Resolves to the execution's id.
 */
export const runWorkflow: Command = async (scope, first, second) => {
  const chosen = await chooseAgent(scope, readArgument(first), question);
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const given = isInputs(second) ? second : null;
  return run(scope, chosen.value, given, (spec) => given === null || isMissing(spec, given));
};

/** Runs an agent after asking for its inputs, which start out as those of its newest execution. */
export const runWithInputs: Command = async (scope, first) => {
  const chosen = await chooseAgent(scope, readArgument(first), question);
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, agent } = chosen.value;
  const last = newestByAgent(folder.state.executions).get(agent);
  return run(scope, chosen.value, last?.inputs ?? null, () => true);
};

/** Runs a task of an agent and what it needs; the argument names both. */
export const runTo: Command = async (scope, first) => {
  const wanted = readArgument(first);
  const chosen = await chooseAgent(scope, wanted, question);
  if (!chosen.ok || chosen.value === undefined) return chosen;
  return run(scope, chosen.value, null, () => true, wanted.task ?? undefined);
};

async function run(
  scope: CommandScope,
  { folder, agent }: ChosenAgent,
  given: Readonly<Record<string, unknown>> | null,
  isAsked: (spec: InputSpec) => boolean,
  to?: string,
): Promise<Result<unknown>> {
  if (!vscode.workspace.isTrusted) return scope.launcher.start(folder, agent, {}, manual);
  const specs = await declaredInputs(scope, { folder, agent });
  const asked = await askInputs({
    title: t('Run {0}', agent),
    folder: folder.folder.uri,
    specs: specs.filter(isAsked),
    start: given ?? {},
  });
  if (asked === undefined) return ok(undefined);
  const inputs = { ...given, ...asked };
  const started = await scope.launcher.start(folder, agent, inputs, manual, to);
  return started.ok ? ok(started.value.id) : started;
}

/** What the agent's file declares, after saving it; nothing when it cannot be read: the engine then says why. */
async function declaredInputs(
  scope: CommandScope,
  { folder, agent }: ChosenAgent,
): Promise<readonly InputSpec[]> {
  await saveWorkflow({ folder, agent });
  const { loadWorkflow } = await scope.language.load();
  const workspace = folder.folder.uri.fsPath;
  const loaded = await loadWorkflow(workspace, folder.settings.workflowsFolder, agent);
  return loaded.kind === 'valid' ? loaded.workflow.inputs : [];
}

function isMissing(spec: InputSpec, given: Readonly<Record<string, unknown>>): boolean {
  return spec.required && spec.default === null && given[spec.name] === undefined;
}

function isInputs(value: unknown): value is Readonly<Record<string, InputValue>> {
  // VS Code gives the rows that are selected as the second argument of a row's command.
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
