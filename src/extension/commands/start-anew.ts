import { ok, type Result } from '../../model/result.ts';
import type { ChosenExecution } from './choose-execution.ts';
import type { CommandScope } from './command-scope.ts';
import { saveWorkflow } from './save-workflow.ts';

/** Starts the agent of an execution as a new one, with the same inputs. */
export async function startAnew(
  scope: CommandScope,
  { folder, execution }: ChosenExecution,
): Promise<Result<unknown>> {
  // A fallback ran in place of the agent that was asked for.
  const agent = execution.fallback?.for ?? execution.agent;
  const trigger = { kind: 'manual', source: 'vscode' } as const;
  await saveWorkflow({ folder, agent });
  const started = await scope.launcher.start(folder, agent, execution.inputs, trigger);
  return started.ok ? ok(started.value.id) : started;
}
