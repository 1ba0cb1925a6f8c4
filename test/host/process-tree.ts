import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Environment variable that marks what a server started, however detached it is now. */
export const familyVariable = 'AGENT_EXECUTOR_TEST_FAMILY';

/** Processes that carry this mark in their environment (Linux); elsewhere none are found. */
export function familyOf(mark: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${familyVariable}=${mark}`;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(wanted);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Extension hosts among the children of a server, by what they were started as (Linux); elsewhere none are found. */
export function extensionHostsOf(server: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parent) === server && command.includes('--type=extensionHost');
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Kills a process group and, with `mark`, everything that left it. At once, without a wait. */
export function killFamily(pid: number | undefined, mark?: string): void {
  // A number that was never a group must not become "every process".
  if (pid !== undefined && pid > 1) kill(-pid, 'SIGKILL');
  if (mark !== undefined) for (const member of familyOf(mark)) kill(member, 'SIGKILL');
}

/** Kills what works in a folder or below it (Linux); elsewhere nothing is found. */
export function killThoseIn(folder: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const place = readlinkSync(`/proc/${pid}/cwd`);
      if (`${place}${path.sep}`.startsWith(`${folder}${path.sep}`)) kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone already, or not ours.
    }
  }
}

/** Asks a process group to end, waits at most three seconds, then kills as `killFamily` does. */
export async function endFamily(pid: number | undefined, mark?: string): Promise<void> {
  if (pid !== undefined && pid > 1) {
    kill(-pid, 'SIGTERM');
    const deadline = Date.now() + 3000;
    while (isGroupAlive(pid) && Date.now() < deadline) await sleep(50);
  }
  killFamily(pid, mark);
}

function isGroupAlive(pid: number): boolean {
  // A zombie still answers to signal 0; ps tells them apart.
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([group, state]) => Number(group) === pid && !(state ?? 'Z').startsWith('Z'));
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
