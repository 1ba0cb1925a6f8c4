/** Brings changes into the segments: only those whose range they fall into are written anew. */
import type { StateFolder } from '../store/state-folder.ts';
import type { HistoryEntry } from './history-entry.ts';
import { readSegment, writeSegment, type RecentEntries, type Segment } from './history-files.ts';

/** Entries in one segment at most: some 400 KB, read in a few milliseconds. */
const maxEntries = 1000;

/** The segments after the changes, and the files that were replaced. */
export interface Merged {
  readonly segments: readonly Segment[];
  readonly replaced: readonly string[];
}

/** Writes what changes. A segment that turns out to be spoiled loses its entries, which the next look finds missing. */
export function mergeSegments(
  folder: StateFolder,
  segments: readonly Segment[],
  changes: RecentEntries,
): Merged {
  const bySegment = new Map<Segment | null, string[]>();
  for (const id of changes.keys()) {
    const segment = segmentOf(segments, id);
    const ids = bySegment.get(segment);
    if (ids === undefined) bySegment.set(segment, [id]);
    else ids.push(id);
  }
  const merged: Segment[] = [];
  const replaced: string[] = [];
  for (const segment of segments.length === 0 ? [null] : segments) {
    const ids = bySegment.get(segment);
    if (ids === undefined) {
      if (segment !== null) merged.push(segment);
      continue;
    }
    const entries = new Map<string, HistoryEntry>();
    const known = segment === null ? null : readSegment(folder, segment);
    for (const entry of known ?? []) entries.set(entry.id, entry);
    for (const id of ids) {
      const entry = changes.get(id) ?? null;
      if (entry === null) entries.delete(id);
      else entries.set(id, entry);
    }
    if (segment !== null) replaced.push(segment.file);
    merged.push(...writeEntries(folder, [...entries.values()]));
  }
  return { segments: merged, replaced };
}

/** The one that an id belongs to: the last that does not begin after it, else the first. */
function segmentOf(segments: readonly Segment[], id: string): Segment | null {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((segments[middle]?.first ?? '') <= id) low = middle;
    else high = middle - 1;
  }
  return segments[low] ?? null;
}

function writeEntries(folder: StateFolder, entries: HistoryEntry[]): Segment[] {
  entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  const parts = Math.ceil(entries.length / maxEntries);
  const size = Math.ceil(entries.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, part) =>
    writeSegment(folder, entries.slice(part * size, (part + 1) * size)),
  );
}
