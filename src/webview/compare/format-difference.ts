import { formatDuration, formatFixed } from '../language/format.ts';

/** By how much the second duration is longer or shorter: `+12 s (1.4 ×)`; empty where nothing can be said. */
export function formatDifference(beforeMs: number | null, afterMs: number | null): string {
  if (beforeMs === null || afterMs === null) return '';
  const deltaMs = afterMs - beforeMs;
  // A few milliseconds are chance.
  if (Math.abs(deltaMs) < 10) return '±0';
  const sign = deltaMs > 0 ? '+' : '−';
  const words = `${sign}${formatDuration(Math.abs(deltaMs))}`;
  const factor = afterMs / Math.max(1, beforeMs);
  const isTold = beforeMs >= 100 && (factor >= 1.2 || factor <= 0.8);
  return isTold ? `${words} (${formatFixed(factor, factor < 10 ? 1 : 0)} ×)` : words;
}
