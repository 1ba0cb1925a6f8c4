/** Reads parts of a log by byte offset. */
import type { Result } from '../../model/result.ts';

/** The last `maxBytes` of a log, from a whole line on where there is one. A missing file is empty. Code `storage`. */
export function readLogTail(
  _path: string,
  _maxBytes: number,
): Promise<Result<{ readonly text: string; readonly from: number; readonly size: number }>> {
  throw new Error('not there yet');
}

/** At most `maxBytes` bytes from offset `from` on. Code `storage`. */
export function readLogRange(
  _path: string,
  _from: number,
  _maxBytes: number,
): Promise<Result<{ readonly bytes: Uint8Array; readonly from: number; readonly size: number }>> {
  throw new Error('not there yet');
}
