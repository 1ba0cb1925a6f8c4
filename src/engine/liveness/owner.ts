/** Who owns an execution, and whether that process still lives. Gone is proved, never guessed. */
import type { Owner } from '../../model/execution.ts';

/** This process. */
export function currentOwner(): Owner {
  throw new Error('not there yet');
}

/** `gone` only with proof; `unknown` for another machine, container, or where the platform does not tell. */
export function judgeOwner(_owner: Owner): 'alive' | 'gone' | 'unknown' {
  throw new Error('not there yet');
}

/** When a process started, in the platform's own words; null when there is no such process or it cannot be read. */
export function processStartTime(_pid: number): string | null {
  throw new Error('not there yet');
}

/** Whether exactly this process is there; with an unknown start time, whether any process has this pid. */
export function isProcessAlive(_pid: number, _startTime: string | null): boolean {
  throw new Error('not there yet');
}
