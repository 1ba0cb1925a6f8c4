import type { Timestamp } from './execution.ts';

/** As `recoverInterrupted` records it. */
const lastSign = /(?<=last sign of life is of )\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/**
 * A message with the moment of a runner's last sign of life, which is recorded in UTC, in the reader's words. What
 * others wrote into a message stays as it is.
 */
export function withLocalTimes(message: string, describe: (at: Timestamp) => string): string {
  return message.replaceAll(lastSign, describe);
}
