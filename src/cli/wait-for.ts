/** How often a condition is looked at. */
const lookMs = 100;

/** Looks again and again until `look` answers something, or `timeoutMs` (null: without an end) is over. */
export async function waitFor<T>(
  look: () => T | null | Promise<T | null>,
  timeoutMs: number | null,
): Promise<T | null> {
  const startedAt = performance.now();
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (timeoutMs !== null && performance.now() - startedAt >= timeoutMs) return null;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}
