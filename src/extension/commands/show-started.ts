import { dashboardKey } from '../dashboard/dashboard-key.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import type { CommandScope } from './command-scope.ts';

/** Has a dashboard that can be seen show what a person has just started. */
export async function showStarted(
  { dashboard }: CommandScope,
  folder: FolderController,
  id: string,
): Promise<void> {
  if (!dashboard.isShown) return;
  // A page that is asked for what nobody has read yet says that it is gone.
  await folder.refreshExecutions();
  dashboard.showInPlace(dashboardKey(folder.key, id));
}
