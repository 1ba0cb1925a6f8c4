import type { DashboardCommandName } from '../../protocol/command-messages.ts';
import type { CommandScope } from './command-scope.ts';

/** Commands of the dashboard that may make a new execution: a retry and a resume where the file has changed. */
const starting: readonly DashboardCommandName[] = ['runWorkflow', 'runAgain', 'retry', 'resume'];

/**
 * Has the dashboard show what a person has just started in it. What is started elsewhere leaves its selection alone.
 * `result` is what the command resolved to, `about` the execution that it was about.
 */
export async function showStarted(
  { folders, dashboard }: CommandScope,
  type: DashboardCommandName,
  result: unknown,
  about: string | null,
): Promise<void> {
  if (!starting.includes(type) || typeof result !== 'string' || result === about) return;
  // A page that is asked for what nobody has read yet says that it is gone.
  await Promise.all(folders.all.map((folder) => folder.refreshExecutions()));
  dashboard.showInPlace(result);
}
