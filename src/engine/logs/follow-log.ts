/** Follows a growing log. */
import type { Disposable } from '../../model/disposable.ts';

/** How to follow. */
export interface FollowLogOptions {
  /** The first byte wanted. */
  readonly from: number;
  /** Asked after each look: true means that nothing more will be written. */
  readonly isOver: () => boolean;
  /** Gets each new piece; `from` is the offset of its first byte. */
  readonly onChunk: (bytes: Uint8Array, from: number) => void;
}

/** `finished` resolves when the log is over and everything was handed out, or after `dispose`. */
export function followLog(
  _path: string,
  _options: FollowLogOptions,
): Disposable & { readonly finished: Promise<void> } {
  throw new Error('not there yet');
}
