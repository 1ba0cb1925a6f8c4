/** Which finished executions are too many, too old or too big. Pure. */
import type { HistoryEntry } from './history-entry.ts';

/** What may stay; null is no limit. Executions count with those that ran for their tasks as one. */
export interface RetentionLimits {
  readonly maxCount: number | null;
  readonly maxAgeMs: number | null;
  readonly maxBytes: number | null;
}

/** One execution with all that ran for its tasks. */
interface Family {
  readonly ids: string[];
  endedMs: number;
  bytes: number;
}

/**
 * Ids of what should go, oldest first. `entries` are newest first; what belongs to an execution in `kept` (not over, or
 * unreadable) stays with it.
 */
export function planRetention(
  entries: readonly HistoryEntry[],
  kept: ReadonlySet<string>,
  limits: RetentionLimits,
  nowMs: number,
): readonly string[] {
  const { maxCount, maxAgeMs, maxBytes } = limits;
  const gone: string[] = [];
  let count = 0;
  let bytes = 0;
  for (const family of familiesOf(entries, kept)) {
    count += 1;
    bytes += family.bytes;
    const isTooMuch =
      (maxCount !== null && count > maxCount) ||
      (maxBytes !== null && bytes > maxBytes) ||
      (maxAgeMs !== null && nowMs - family.endedMs > maxAgeMs);
    if (!isTooMuch) continue;
    gone.push(...family.ids);
    count -= 1;
    bytes -= family.bytes;
  }
  return gone.sort();
}

/** Newest first. */
function familiesOf(
  entries: readonly HistoryEntry[],
  kept: ReadonlySet<string>,
): readonly Family[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const families = new Map<string, Family>();
  for (const entry of entries) {
    const root = rootOf(entry, byId);
    if (kept.has(root)) continue;
    const endedMs = Date.parse(entry.finishedAt ?? entry.createdAt);
    const family = families.get(root);
    if (family === undefined) {
      families.set(root, { ids: [entry.id], endedMs, bytes: entry.bytes });
    } else {
      family.ids.push(entry.id);
      family.endedMs = Math.max(family.endedMs, endedMs);
      family.bytes += entry.bytes;
    }
  }
  return [...families.entries()].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, family]) => family);
}

/** The one that all of them ran for, as far as it is known. */
function rootOf(entry: HistoryEntry, byId: ReadonlyMap<string, HistoryEntry>): string {
  const seen = new Set<string>();
  let current = entry;
  while (current.parent !== null && !seen.has(current.id)) {
    seen.add(current.id);
    const parent = byId.get(current.parent);
    // Not over, unreadable or removed: the caller knows which.
    if (parent === undefined) return current.parent;
    current = parent;
  }
  return current.id;
}
