import { maxText } from '../../protocol/limits.ts';
import type { ListRow } from '../../protocol/list-messages.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { countTasks } from './execution-facts.ts';
import { firstLine, fitText, toMs, toMsOrNull } from './fit-text.ts';
import { asRecorded, type Tell } from '../../model/tell-message.ts';

/** What the list shows of an execution. */
export function toListRow(
  item: FolderExecution,
  isStuck: boolean,
  tell: Tell = asRecorded,
): ListRow {
  const { execution } = item;
  return {
    key: item.key,
    id: fitText(execution.id, maxText.id),
    agent: fitText(execution.agent, maxText.id),
    name: fitText(execution.name, maxText.name),
    folder: fitText(item.folder, maxText.name),
    status: execution.status,
    isStuck,
    message: firstLine(messageOf(item, tell), maxText.rowMessage),
    tasks: countTasks(execution.tasks),
    attempt: execution.attempt,
    createdMs: toMs(execution.createdAt),
    startedMs: toMsOrNull(execution.startedAt),
    finishedMs: toMsOrNull(execution.finishedAt),
  };
}

/** The execution's own message, or what a person is asked. */
function messageOf({ execution }: FolderExecution, tell: Tell): string | null {
  if (execution.message !== null) return tell(execution.message);
  return execution.tasks.find((task) => task.status === 'waiting')?.question ?? null;
}
