import type { Log } from '../../engine/ports.ts';
import { cleanExecutions, planCleaning } from '../../engine/history/enforce-retention.ts';
import type { RetentionLimits } from '../../engine/history/plan-retention.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import { formatBytes } from '../../model/bytes.ts';

/** Removes the finished executions of a folder that its settings do not keep; says in the log what went. */
export async function enforceLimits(
  folder: StateFolder,
  limits: RetentionLimits,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const { ids, bytes } = await planCleaning(folder, limits);
  if (ids.length === 0) return;
  const removed = await cleanExecutions(folder, ids, { signal });
  if (removed.ok)
    log.info(`removed ${String(removed.value)} old executions, ${formatBytes(bytes)}`);
  else log.warn(`old executions could not be removed: ${removed.error.message}`);
}
