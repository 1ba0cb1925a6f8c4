/** The shortest and the longest wait after a key, in milliseconds: what feels at once, and what still feels live. */
const shortestMs = 25;
const longestMs = 250;

/**
 * How long nothing must be typed before a file is checked, from how long checking it took the last time. A key is
 * answered sooner where that costs little; where it costs much, the next key finds the editor free.
 */
export function decideRestMs(lastMs: number): number {
  return Math.min(longestMs, Math.max(shortestMs, Math.ceil(lastMs * 3)));
}
