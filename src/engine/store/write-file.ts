/** Writing that is complete or reported, and durable when asked. */
import path from 'node:path';
import type { Disk, DiskStat } from './disk.ts';
import { errnoOf } from './storage-failure.ts';

/** Writes every byte; a file system may accept fewer at a time. */
export function writeAll(disk: Disk, fd: number, bytes: Uint8Array): void {
  let done = 0;
  let refusals = 0;
  while (done < bytes.length) {
    const count = disk.write(fd, bytes, done, bytes.length - done);
    done += count;
    refusals = count > 0 ? 0 : refusals + 1;
    if (refusals > 3) throw Object.assign(new Error('no byte accepted'), { code: 'EIO' });
  }
}

/** Creates a file that must not exist yet, and writes it. `sync` makes its content (not its name) durable. */
export function createFile(
  disk: Disk,
  file: string,
  bytes: Uint8Array,
  options: { readonly sync: boolean },
): void {
  const fd = disk.open(file, 'wx');
  try {
    writeAll(disk, fd, bytes);
    if (options.sync) {
      disk.fsync(fd);
      // Some file systems accept bytes that they cannot place, and tell only here.
      if (disk.fstat(fd).size !== BigInt(bytes.length)) {
        throw Object.assign(new Error('short file'), { code: 'EIO' });
      }
    }
  } catch (error) {
    disk.close(fd);
    removeQuietly(disk, file);
    throw error;
  }
  disk.close(fd);
}

/** Makes the names in a folder durable. Where folders cannot be synced (Windows, some network drives) it does nothing. */
export function syncFolder(disk: Disk, folder: string): void {
  let fd: number;
  try {
    fd = disk.open(folder, 'r');
  } catch (error) {
    if (isUnsupported(error)) return;
    throw error;
  }
  try {
    disk.fsync(fd);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  } finally {
    disk.close(fd);
  }
}

function isUnsupported(error: unknown): boolean {
  const code = errnoOf(error);
  return (
    code !== null && ['EINVAL', 'EPERM', 'EISDIR', 'EACCES', 'ENOTSUP', 'EBADF'].includes(code)
  );
}

/** Makes a folder and its parents; true when the folder itself is new. New names are made durable. */
export function makeFolder(disk: Disk, folder: string): boolean {
  try {
    return makeOne(disk, folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if (errnoOf(error) !== 'ENOENT' || parent === folder) throw error;
    makeFolder(disk, parent);
    // Once: some file systems say the same of a folder that nobody may make, however long one tries.
    return makeOne(disk, folder);
  }
}

function makeOne(disk: Disk, folder: string): boolean {
  try {
    disk.mkdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  syncFolder(disk, path.dirname(folder));
  return true;
}

/** Removes a file if it is there and can be removed. */
export function removeQuietly(disk: Disk, file: string): void {
  try {
    disk.unlink(file);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

/** A whole file; null when there is none. */
export function readWhole(disk: Disk, file: string): Uint8Array | null {
  return readFrom(disk, file, 0)?.bytes ?? null;
}

/** A file from an offset to its end as it was at the opening; null when there is none. */
export function readFrom(
  disk: Disk,
  file: string,
  from: number,
): { readonly bytes: Uint8Array; readonly stat: DiskStat } | null {
  let fd: number;
  try {
    fd = disk.open(file, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const stat = disk.fstat(fd);
    if (stat.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    const bytes = new Uint8Array(Math.max(0, Number(stat.size) - from));
    let done = 0;
    while (done < bytes.length) {
      const count = disk.read(fd, bytes, done, bytes.length - done, from + done);
      if (count === 0) break;
      done += count;
    }
    return { bytes: bytes.subarray(0, done), stat };
  } finally {
    disk.close(fd);
  }
}

/** The names in a folder; none when it is not there. */
export function namesIn(disk: Disk, folder: string): string[] {
  try {
    return disk.readdir(folder);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** What identifies one state of one file: any replacement or change makes it differ. Null when there is none. */
export function signatureOf(disk: Disk, file: string): string | null {
  try {
    return signatureFrom(disk.stat(file));
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The signature in a `stat` answer. */
export function signatureFrom(stat: DiskStat): string {
  return [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');
}
