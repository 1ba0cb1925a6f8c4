/** Real file systems with little room, or that cannot be written; where this user may mount them. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system that is mounted, or why it could not be. */
export type Mounted =
  | { readonly kind: 'mounted'; readonly folder: string; readonly unmount: () => void }
  | { readonly kind: 'refused'; readonly why: string };

function run(...words: readonly [string, ...string[]]): string | null {
  if (process.platform !== 'linux') return 'only on Linux';
  const [file, ...args] = words;
  const done = spawnSync(file, args, { encoding: 'utf8' });
  if (done.error !== undefined) return done.error.message;
  return done.status === 0 ? null : done.stderr.trim() || `${file} ended badly`;
}

/** Mounts on a new folder, with the words for `mount` before it. */
function mount(args: readonly string[], then?: (folder: string) => string | null): Mounted {
  const folder = mkdtempSync(path.join(tmpdir(), 'agent-executor-mount-'));
  const unmount = (): void => {
    // Lazily: a process that is just ending may still be in there.
    run('umount', '-l', folder);
    rmSync(folder, { recursive: true, force: true });
  };
  const why = run('mount', ...args, folder);
  if (why !== null) {
    rmSync(folder, { recursive: true, force: true });
    return { kind: 'refused', why };
  }
  const whyNot = then?.(folder) ?? null;
  if (whyNot === null) return { kind: 'mounted', folder, unmount };
  unmount();
  return { kind: 'refused', why: whyNot };
}

/** A file system in memory that is full soon. */
export function mountSmall(kilobytes: number): Mounted {
  return mount(['-t', 'tmpfs', '-o', `size=${String(kilobytes)}k`, 'tmpfs']);
}

/** A folder once more, read-only. */
export function mountReadOnly(of: string): Mounted {
  return mount(['--bind', of], (folder) => run('mount', '-o', 'remount,ro,bind', folder));
}

/** Takes all the room there is, in a file; what it returns gives it back. */
export function fillUp(folder: string): () => void {
  const file = path.join(folder, 'ballast');
  const fd = openSync(file, 'a');
  for (const size of [65_536, 1024, 1]) {
    try {
      for (;;) if (writeSync(fd, Buffer.alloc(size)) < size) break;
    } catch {
      // Full for writes of this size.
    }
  }
  closeSync(fd);
  return () => {
    rmSync(file, { force: true });
  };
}
