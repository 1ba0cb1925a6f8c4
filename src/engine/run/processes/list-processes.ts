import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine as the platform's process table shows it. */
export interface ProcessFact {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** When it started, in the platform's own words: tells apart two processes that had the same pid. */
  readonly startTime: string;
  /** Over, but its parent has not asked for its end yet. */
  readonly isZombie: boolean;
}

/** All processes that can be seen; empty where the platform has no such table (Windows). */
export function listProcesses(platform: NodeJS.Platform): readonly ProcessFact[] {
  if (platform === 'linux') return listFromProc();
  if (platform === 'win32') return [];
  return listFromPs();
}

/** Whether a process was started with all these variables; false where that cannot be read. */
export function hasVariables(pid: number, variables: Readonly<Record<string, string>>): boolean {
  let text: string;
  try {
    text = `\0${readFileSync(`/proc/${String(pid)}/environ`, 'latin1')}`;
  } catch {
    return false;
  }
  return Object.entries(variables).every(([name, value]) => {
    const wanted = Buffer.from(`\0${name}=${value}\0`, 'utf8').toString('latin1');
    return text.includes(wanted);
  });
}

/** Whether exactly this process runs; on platforms where that is dear to know, whether any has its pid. */
export function isRunning(pid: number, startTime: string, platform: NodeJS.Platform): boolean {
  if (platform === 'linux') {
    const fact = readStat(pid);
    return fact !== null && !fact.isZombie && fact.startTime === startTime;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function listFromProc(): readonly ProcessFact[] {
  const found: ProcessFact[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const fact = readStat(pid);
    if (fact !== null) found.push(fact);
  }
  return found;
}

function readStat(pid: number): ProcessFact | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The command in parentheses may hold spaces and parentheses itself, so read from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    parent: Number(fields[1]),
    group: Number(fields[2]),
    startTime: fields[19] ?? '',
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
  };
}

function listFromPs(): readonly ProcessFact[] {
  let text: string;
  try {
    text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], {
      encoding: 'utf8',
      timeout: 5000,
    });
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*?)\s*$/.exec(line);
    if (match === null) return [];
    const [, pid, parent, group, stat, startTime] = match;
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        startTime: startTime ?? '',
        isZombie: stat?.startsWith('Z') ?? false,
      },
    ];
  });
}
