/** Who owns an execution, and whether that process still lives. Gone is proved, never guessed. */
import os from 'node:os';
import type { Owner } from '../../model/execution.ts';
import {
  cheapStartTime,
  inspectProcess,
  isPidTaken,
  isSameStart,
  readBootIdentity,
} from './inspect-process.ts';

/** What is known of a process that once was. */
export type OwnerVerdict = 'alive' | 'gone' | 'unknown';

/** This process. */
export function currentOwner(): Owner {
  return {
    pid: process.pid,
    startTime: processStartTime(process.pid),
    host: os.hostname(),
    ...readBootIdentity(),
  };
}

/** Whether two owners are the same process. */
export function isSameProcess(a: Owner, b: Owner): boolean {
  return (
    a.pid === b.pid &&
    a.startTime === b.startTime &&
    a.boot === b.boot &&
    a.pidNamespace === b.pidNamespace &&
    a.host === b.host
  );
}

/**
 * `gone` only with proof: the same boot of the same machine, the same pid namespace, and the process is not there or
 * another one has its pid; or the same machine has been started again. `unknown` for another machine or container.
 */
export function judgeOwner(owner: Owner): OwnerVerdict {
  const { boot, pidNamespace } = readBootIdentity();
  const isSameBoot = owner.boot !== null && owner.boot === boot;
  // A machine may get another name while it is up, but not another boot id.
  if (!isSameBoot && owner.host !== os.hostname()) return 'unknown';
  if (owner.boot !== boot) return owner.boot === null || boot === null ? 'unknown' : 'gone';
  if (owner.pidNamespace !== pidNamespace) return 'unknown';
  return judgeProcess(owner.pid, owner.startTime);
}

/**
 * False when no process has the owner's pid, and it is gone if it is of this machine. One system call, where `judgeOwner` reads
 * files or, on some platforms, starts a process to ask.
 */
export function mayLive({ pid }: Owner): boolean {
  return isPidTaken(pid);
}

/** When a process started, in the platform's own words; null when there is no such process or it is dear to know. */
export function processStartTime(pid: number): string | null {
  return cheapStartTime(pid);
}

/** Whether exactly this process is there; with an unknown start time, whether any process has this pid. */
export function isProcessAlive(pid: number, startTime: string | null): boolean {
  return judgeProcess(pid, startTime) !== 'gone';
}

function judgeProcess(pid: number, startTime: string | null): OwnerVerdict {
  const report = inspectProcess(pid);
  if (report.kind === 'ended') return 'gone';
  if (report.kind === 'hidden' || startTime === null) return 'unknown';
  return isSameStart(startTime, report.startTime) ? 'alive' : 'gone';
}
