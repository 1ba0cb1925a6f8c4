import { t } from '../language/page-language.ts';
import { formatDuration, formatFixed } from '../language/format.ts';

/** A task is called slow from this many times its usual duration on, and not for a few seconds. */
const slowFactor = 1.5;
const slowMs = 3000;

/** How long something takes until now, beside what it usually takes: `3.2 × slower than usual (14 s)`. */
export function describePace(
  elapsedMs: number,
  usualMs: number,
): { readonly words: string; readonly isSlow: boolean } {
  const usual = formatDuration(usualMs);
  const factor = elapsedMs / Math.max(1, usualMs);
  const isSlow = factor >= slowFactor && elapsedMs - usualMs >= slowMs;
  if (!isSlow) return { words: t('usually {0}', usual), isSlow };
  return {
    words: t('{0} × slower than usual ({1})', formatFixed(factor, factor < 10 ? 1 : 0), usual),
    isSlow,
  };
}
