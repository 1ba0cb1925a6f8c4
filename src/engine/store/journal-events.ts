/** The events of an execution with their places: what a person reads as its history. */
import type { ExecutionEvent } from '../../model/events.ts';
import { readParts } from './journal-chain.ts';
import type { StateFolder } from './state-folder.ts';

/** An event with its place in the journal. */
export interface NumberedEvent {
  readonly seq: number;
  readonly event: ExecutionEvent;
}

/** Everything that happened to an execution, in order, as far as its journals can be read. Throws what the disk throws. */
export function readEvents(folder: StateFolder, id: string): readonly NumberedEvent[] {
  return readParts(folder, id).parts.flatMap(({ decoded }) =>
    decoded.lines.flatMap((line) =>
      line.kind === 'events'
        ? line.events.map((event, index) => ({ seq: line.seq + index, event }))
        : [],
    ),
  );
}
