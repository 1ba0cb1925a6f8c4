import type { FailureReason } from '../../model/status.ts';
import type { RetrySpec } from '../../model/workflow.ts';

/**
 * Milliseconds before the attempt that follows attempt number `failed` (1 is the first).
 * Jitter takes up to half of the delay away, so that tasks that failed together do not come back together.
 */
export function retryDelayMs(retry: RetrySpec, failed: number, random: () => number): number {
  const growth = retry.backoff === 'constant' ? 1 : retry.factor ** (failed - 1);
  // The power of a large factor may be infinite; the limit makes it finite.
  const delayMs = Math.min(retry.delayMs * growth, retry.maxDelayMs);
  return Math.round(retry.jitter ? delayMs * (1 - random() / 2) : delayMs);
}

/** Whether a failure of attempt number `failed` is one that another attempt follows. */
export function mayRetry(
  retry: RetrySpec,
  failed: number,
  end: { readonly reason: FailureReason; readonly exitCode: number | null },
): boolean {
  if (failed > retry.max) return false;
  if (retry.on === null) return true;
  return retry.on.some((wanted) => wanted === end.reason || wanted === end.exitCode);
}
