import { decodeLines } from '../../engine/store/journal-line.ts';
import { epochsOf } from '../../engine/store/journal-chain.ts';
import { journalPath, type StateFolder } from '../../engine/store/state-folder.ts';
import { readWhole } from '../../engine/store/write-file.ts';
import type { ExecutionEvent } from '../../model/events.ts';

/** An event with its place in the journal. */
export interface NumberedEvent {
  readonly seq: number;
  readonly event: ExecutionEvent;
}

/** Everything that happened to an execution, in order, as far as its journals can be read. Throws what the disk throws. */
export function readEvents(folder: StateFolder, id: string): readonly NumberedEvent[] {
  const epochs: (readonly NumberedEvent[])[] = [];
  let wanted: { readonly prev: number; readonly prevBytes: number } | null = null;
  for (const epoch of epochsOf(folder, id, 'journal')) {
    if (wanted !== null && epoch !== wanted.prev) continue;
    const whole = readWhole(folder.disk, journalPath(folder, id, epoch)) ?? new Uint8Array();
    const bytes: Uint8Array = wanted === null ? whole : whole.subarray(0, wanted.prevBytes);
    const { lines } = decodeLines(bytes, epoch);
    const first = lines[0];
    // A claimant that died before it wrote anything.
    if (first?.kind !== 'claim') continue;
    epochs.push(
      lines.flatMap((line) =>
        line.kind === 'events'
          ? line.events.map((event, index) => ({ seq: line.seq + index, event }))
          : [],
      ),
    );
    wanted = first.claim;
    if (wanted.prev === 0) break;
  }
  return epochs.reverse().flat();
}
