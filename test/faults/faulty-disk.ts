/** A disk on which one call goes wrong. */
import { nodeDisk, type Disk } from '../../src/engine/store/disk.ts';

/** Thrown by every call from the crash on: the process that made them is no more. */
export class Crash extends Error {}

/** What goes wrong at the call with number `at` (from 1). */
export type Fault =
  | { readonly kind: 'error'; readonly at: number; readonly code: string }
  /** The process ends before the call, after it, or (a write) when half is done. */
  | { readonly kind: 'crash'; readonly at: number; readonly when: 'before' | 'half' | 'after' };

/** A disk with a fault, and how many calls it got. Calls that only look are not counted for crashes: nothing differs after them. */
export interface FaultyDisk {
  readonly disk: Disk;
  readonly calls: () => number;
  readonly hasHappened: () => boolean;
}

const changing: readonly (keyof Disk)[] = [
  'open',
  'write',
  'fsync',
  'fdatasync',
  'mkdir',
  'rmdir',
  'rename',
  'link',
  'unlink',
  'remove',
];
const looking: readonly (keyof Disk)[] = ['read', 'fstat', 'stat', 'readdir', 'close'];

/** Wraps the real disk. `edit` may change the bytes of a write, to play another process. */
export function faultyDisk(
  fault: Fault | null,
  edit: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): FaultyDisk {
  let calls = 0;
  let isDead = false;
  let hasHappened = false;
  const counted = fault?.kind === 'error' ? [...changing, ...looking] : changing;

  const wrap = (name: keyof Disk): ((...args: never[]) => unknown) => {
    const real = nodeDisk[name] as (...args: unknown[]) => unknown;
    return (...args: unknown[]) => {
      if (isDead) throw new Crash(name);
      if (name === 'write') args = editWrite(args, edit);
      if (!counted.includes(name)) return real(...args);
      calls += 1;
      if (fault === null || calls !== fault.at) return real(...args);
      hasHappened = true;
      if (fault.kind === 'error') throw Object.assign(new Error(fault.code), { code: fault.code });
      isDead = true;
      if (fault.when === 'half' && name === 'write') {
        const length = args[3] as number;
        real(args[0], args[1], args[2], Math.floor(length / 2));
      }
      if (fault.when === 'after') real(...args);
      throw new Crash(name);
    };
  };
  const names = Object.keys(nodeDisk) as (keyof Disk)[];
  const disk = Object.fromEntries(names.map((name) => [name, wrap(name)])) as unknown as Disk;
  return { disk, calls: () => calls, hasHappened: () => hasHappened };
}

/** Same length, so that the caller's count of written bytes stays right. */
function editWrite(args: unknown[], edit: (bytes: Uint8Array) => Uint8Array): unknown[] {
  const [fd, bytes, offset, length] = args as [number, Uint8Array, number, number];
  const edited = edit(bytes.subarray(offset, offset + length));
  return edited.length === length ? [fd, edited, 0, length] : args;
}
