/** What the platform tells about one process. Linux from /proc, macOS from ps, Windows from PowerShell. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** `ended`: proved not to run any more (also one that only waits to be collected). `hidden`: cannot be told. */
export type ProcessReport =
  | { readonly kind: 'running'; readonly startTime: string }
  | { readonly kind: 'ended' }
  | { readonly kind: 'hidden' };

/** Looks at a process. On Windows this costs half a second, so callers there look for other signs of life first. */
export function inspectProcess(pid: number, platform = process.platform): ProcessReport {
  if (!isPidTaken(pid)) return { kind: 'ended' };
  if (platform === 'linux') return inspectLinux(pid);
  if (platform === 'win32') return inspectWindows(pid);
  return inspectByPs(pid);
}

/** When a process started, if that can be read at no great cost; null otherwise. */
export function cheapStartTime(pid: number, platform = process.platform): string | null {
  if (platform === 'win32') {
    return pid === process.pid ? String(Math.round(performance.timeOrigin)) : null;
  }
  const report = inspectProcess(pid, platform);
  return report.kind === 'running' ? report.startTime : null;
}

/** Whether two start times mean the same process. */
export function isSameStart(recorded: string, found: string, platform = process.platform): boolean {
  if (platform !== 'win32') return recorded === found;
  // A process knows its own start only roughly there; pids are not used again that fast after an end.
  return Math.abs(Number(recorded) - Number(found)) < 60_000;
}

/** The boot and the pid namespace; null where the platform has none. */
export function readBootIdentity(): {
  readonly boot: string | null;
  readonly pidNamespace: string | null;
} {
  if (process.platform !== 'linux') return { boot: null, pidNamespace: null };
  return {
    boot: quietly(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
    pidNamespace: quietly(() => fs.readlinkSync('/proc/self/ns/pid')),
  };
}

/** The fields of /proc/<pid>/stat after the name; null when it cannot be read. */
export function readLinuxStat(pid: number): readonly string[] | null {
  const text = quietly(() => readShort(`/proc/${String(pid)}/stat`));
  // The name stands in brackets and may hold anything, also brackets.
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** In one read, half the time of `readFileSync`: this is done for every process that is started. */
function readShort(file: string): string {
  const descriptor = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.allocUnsafe(1024);
    return bytes.toString('latin1', 0, fs.readSync(descriptor, bytes));
  } finally {
    fs.closeSync(descriptor);
  }
}

function inspectLinux(pid: number): ProcessReport {
  const fields = readLinuxStat(pid);
  const state = fields?.[0];
  const startTime = fields?.[19];
  if (state === undefined || startTime === undefined) {
    return isPidTaken(pid) ? { kind: 'hidden' } : { kind: 'ended' };
  }
  return /^[ZXx]$/.test(state) ? { kind: 'ended' } : { kind: 'running', startTime };
}

function inspectByPs(pid: number): ProcessReport {
  const answer = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: 3000,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  const match = /^\s*(\S+)\s+(\S.*\S)\s*$/m.exec(answer.stdout);
  if (match?.[1] === undefined || match[2] === undefined) {
    return isPidTaken(pid) ? { kind: 'hidden' } : { kind: 'ended' };
  }
  return match[1].startsWith('Z')
    ? { kind: 'ended' }
    : { kind: 'running', startTime: match[2].replace(/\s+/g, ' ') };
}

function inspectWindows(pid: number): ProcessReport {
  if (pid === process.pid) {
    return { kind: 'running', startTime: String(Math.round(performance.timeOrigin)) };
  }
  const script = `([DateTimeOffset](Get-Process -Id ${String(pid)}).StartTime).ToUnixTimeMilliseconds()`;
  const answer = spawnSync(
    'powershell.exe',
    ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script],
    { encoding: 'utf8', timeout: 5000, windowsHide: true },
  );
  const startTime = /^\s*(\d{10,})\s*$/.exec(answer.stdout)?.[1];
  if (startTime !== undefined) return { kind: 'running', startTime };
  return isPidTaken(pid) ? { kind: 'hidden' } : { kind: 'ended' };
}

/** Whether any process has this pid. */
export function isPidTaken(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
