/** How much CPU a process and all its descendants have used. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { readLinuxStat } from './inspect-process.ts';

/** CPU seconds of a process tree; `pids` changes when a process comes or goes, which is a sign of life too. */
export interface TreeCpu {
  readonly seconds: number;
  readonly pids: string;
}

/** The CPU of the trees below each of `pids`; a process that is not there is left out. Null where it cannot be read. */
export async function readTreeCpu(
  pids: readonly number[],
  platform = process.platform,
): Promise<ReadonlyMap<number, TreeCpu> | null> {
  if (platform === 'linux') return readLinux(pids);
  if (platform === 'win32') return null;
  return readByPs(pids);
}

/** Clock ticks per second of /proc, the same on all systems that we run on. */
const ticksPerSecond = 100;

function readLinux(pids: readonly number[]): ReadonlyMap<number, TreeCpu> {
  const found = new Map<number, TreeCpu>();
  for (const root of pids) {
    const seen = new Set<number>();
    const queue = [root];
    let ticks = 0;
    for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
      if (seen.has(pid)) continue;
      const fields = readLinuxStat(pid);
      if (fields === null) continue;
      seen.add(pid);
      // utime, stime and those of children that were waited for
      for (const index of [11, 12, 13, 14]) ticks += Number(fields[index] ?? 0);
      queue.push(...childrenOf(pid));
    }
    if (seen.has(root)) {
      found.set(root, { seconds: ticks / ticksPerSecond, pids: [...seen].sort().join() });
    }
  }
  return found;
}

function childrenOf(pid: number): number[] {
  const home = `/proc/${String(pid)}/task`;
  try {
    return fs.readdirSync(home).flatMap((thread) => {
      const list = fs.readFileSync(`${home}/${thread}/children`, 'latin1').trim();
      return list === '' ? [] : list.split(' ').map(Number);
    });
  } catch {
    return [];
  }
}

async function readByPs(pids: readonly number[]): Promise<ReadonlyMap<number, TreeCpu> | null> {
  const table = await new Promise<string | null>((resolve) => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
    execFile('ps', ['-axo', 'pid=,ppid=,time='], { env, timeout: 3000 }, (error, stdout) => {
      resolve(error === null ? stdout : null);
    });
  });
  return table === null ? null : treesOf(parsePs(table), pids);
}

/** A line of `ps -axo pid=,ppid=,time=`. */
export interface PsLine {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
}

/** Reads the table; times are `[[d-]h:]m:s.ss`. */
export function parsePs(table: string): readonly PsLine[] {
  return table.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line);
    if (match === null) return [];
    const clock = (match[4] ?? '').split(':').map(Number);
    const seconds = clock.reduce((sum, part) => sum * 60 + part, 0);
    const days = Number(match[3] ?? 0);
    return [{ pid: Number(match[1]), parent: Number(match[2]), seconds: seconds + days * 86_400 }];
  });
}

/** The sums below each of `roots`. */
export function treesOf(
  lines: readonly PsLine[],
  roots: readonly number[],
): ReadonlyMap<number, TreeCpu> {
  const byPid = new Map(lines.map((line) => [line.pid, line]));
  const children = new Map<number, number[]>();
  for (const { pid, parent } of lines) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = new Map<number, TreeCpu>();
  for (const root of roots) {
    if (!byPid.has(root)) continue;
    const seen = new Set<number>([root]);
    // A set grows while it is walked.
    for (const pid of seen) for (const child of children.get(pid) ?? []) seen.add(child);
    const seconds = [...seen].reduce((sum, pid) => sum + (byPid.get(pid)?.seconds ?? 0), 0);
    found.set(root, { seconds, pids: [...seen].sort().join() });
  }
  return found;
}
