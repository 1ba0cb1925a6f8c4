/** Notes every call that changes a disk, in order, between what the process was told in the meantime. */
import fs from 'node:fs';
import { nodeDisk, type Disk } from '../../../src/engine/store/disk.ts';

/** One call as it matters after a power loss. All writes append. */
export type DiskStep<Told> =
  | { readonly kind: 'create' | 'mkdir' | 'unlink' | 'rmdir' | 'remove'; readonly path: string }
  | { readonly kind: 'rename' | 'link'; readonly from: string; readonly to: string }
  | { readonly kind: 'write'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'sync'; readonly path: string; readonly isFolder: boolean }
  | { readonly kind: 'told'; readonly told: Told };

/** The real disk with a recorder. */
export interface RecordingDisk<Told> {
  readonly disk: Disk;
  readonly steps: readonly DiskStep<Told>[];
  readonly tell: (told: Told) => void;
}

/** Records from now on. Files are known by the path they were opened at. */
export function recordingDisk<Told>(): RecordingDisk<Told> {
  const steps: DiskStep<Told>[] = [];
  const paths = new Map<number, string>();
  const isFolder = (path: string): boolean => fs.statSync(path).isDirectory();
  const sync = (fd: number): void => {
    const path = paths.get(fd)!;
    steps.push({ kind: 'sync', path, isFolder: isFolder(path) });
  };
  const disk: Disk = {
    ...nodeDisk,
    open: (path, flags, mode) => {
      const isNew = flags !== 'r' && !fs.existsSync(path);
      const fd = nodeDisk.open(path, flags, mode);
      paths.set(fd, path);
      if (isNew) steps.push({ kind: 'create', path });
      return fd;
    },
    write: (fd, bytes, offset, length) => {
      const count = nodeDisk.write(fd, bytes, offset, length);
      const written = Uint8Array.from(bytes.subarray(offset, offset + count));
      steps.push({ kind: 'write', path: paths.get(fd)!, bytes: written });
      return count;
    },
    fsync: (fd) => {
      nodeDisk.fsync(fd);
      sync(fd);
    },
    fdatasync: (fd) => {
      nodeDisk.fdatasync(fd);
      sync(fd);
    },
    mkdir: (path) => {
      nodeDisk.mkdir(path);
      steps.push({ kind: 'mkdir', path });
    },
    rmdir: (path) => {
      nodeDisk.rmdir(path);
      steps.push({ kind: 'rmdir', path });
    },
    unlink: (path) => {
      nodeDisk.unlink(path);
      steps.push({ kind: 'unlink', path });
    },
    remove: (path) => {
      nodeDisk.remove(path);
      steps.push({ kind: 'remove', path });
    },
    rename: (from, to) => {
      nodeDisk.rename(from, to);
      steps.push({ kind: 'rename', from, to });
    },
    link: (from, to) => {
      nodeDisk.link(from, to);
      steps.push({ kind: 'link', from, to });
    },
  };
  return { disk, steps, tell: (told) => steps.push({ kind: 'told', told }) };
}
