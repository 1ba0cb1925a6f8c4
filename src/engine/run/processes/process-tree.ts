import { spawn } from 'node:child_process';
import { hasVariables, isRunning, listProcesses, type ProcessFact } from './list-processes.ts';

/** The signals of an escalation; on Windows each of them ends the tree at once. */
export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** A process and everything it started. */
export interface ProcessTree {
  /** Signals the process group, and what left the group. Does nothing where nobody is left. */
  signal(signal: EndSignal): void;
  /** True when no process of the tree runs any more; the leader's own end is for its parent to see. */
  isGone(): boolean;
  /** True when the leader's process group has members that run: a cheap first look, without what left the group. */
  hasGroup(): boolean;
  /** The pids of what runs of it, the leader first; on Windows of the leader alone. */
  members(): readonly number[];
}

/**
 * The tree of a process that leads its own process group. What left the group is found by its parent, or where that
 * is gone too (a double fork), by the variables it inherited (Linux). Without a leader, only by those.
 */
export function processTreeOf(
  leader: number | null,
  variables: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): ProcessTree {
  return platform === 'win32' ? windowsTree(leader) : posixTree(leader, variables, platform);
}

function posixTree(
  leader: number | null,
  variables: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): ProcessTree {
  /** Those that were seen once, with their start times; `strays` are the ones outside the group. */
  const seen = new Map<number, string>();
  const strays = new Map<number, string>();

  const look = (): readonly ProcessFact[] => {
    const all = listProcesses(platform).filter((fact) => !fact.isZombie);
    const byParent = new Map<number, ProcessFact[]>();
    for (const fact of all) {
      const siblings = byParent.get(fact.parent);
      if (siblings === undefined) byParent.set(fact.parent, [fact]);
      else siblings.push(fact);
    }
    const found = new Map<number, ProcessFact>();
    const open = all.filter(
      (fact) =>
        fact.pid === leader ||
        fact.group === leader ||
        strays.get(fact.pid) === fact.startTime ||
        (platform === 'linux' && hasVariables(fact.pid, variables)),
    );
    for (let fact = open.pop(); fact !== undefined; fact = open.pop()) {
      if (found.has(fact.pid) || fact.pid === process.pid) continue;
      found.set(fact.pid, fact);
      open.push(...(byParent.get(fact.pid) ?? []));
    }
    for (const fact of found.values()) {
      seen.set(fact.pid, fact.startTime);
      if (fact.group !== leader) strays.set(fact.pid, fact.startTime);
    }
    return [...found.values()];
  };

  return {
    signal(signal) {
      // Looked up before the first signal: once a parent is gone its children are somebody else's.
      const members = look();
      if (leader !== null) send(-leader, signal);
      for (const member of members) {
        if (member.group !== leader) send(member.pid, signal);
      }
    },
    isGone() {
      // The whole table is dear: as long as one that was seen before lives, nothing else has to be known.
      for (const [pid, startTime] of seen) {
        if (isRunning(pid, startTime, platform)) return false;
        seen.delete(pid);
      }
      return look().length === 0;
    },
    hasGroup() {
      if (leader === null || !exists(-leader)) return false;
      // Members that are over and not reaped are in the group as well.
      return listProcesses(platform).some((fact) => fact.group === leader && !fact.isZombie);
    },
    members() {
      const pids = look().map(({ pid }) => pid);
      return pids.sort((one, other) => (one === leader ? -1 : other === leader ? 1 : one - other));
    },
  };
}

function windowsTree(leader: number | null): ProcessTree {
  let isKilled = false;
  return {
    signal() {
      // There is no gentle way that reaches a tree without a console, so the first signal is the last.
      if (isKilled || leader === null) return;
      isKilled = true;
      const killer = spawn('taskkill', ['/pid', String(leader), '/t', '/f'], {
        stdio: 'ignore',
        windowsHide: true,
      });
      killer.on('error', () => {
        send(leader, 'SIGKILL');
      });
    },
    isGone: () => leader === null || !exists(leader),
    hasGroup: () => false,
    members: () => (leader === null || !exists(leader) ? [] : [leader]),
  };
}

function send(pid: number, signal: EndSignal): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime, or not ours to end.
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
