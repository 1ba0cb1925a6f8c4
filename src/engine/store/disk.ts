/**
 * Every file system call of the store goes through this port, so that tests can make the n-th call fail, be half
 * done, or be the last one of a process. Synchronous on purpose: a commit is done when it returns.
 */
import fs from 'node:fs';

/** What `stat` tells that the store uses; exact to the nanosecond where the file system is. */
export interface DiskStat {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly birthtimeNs: bigint;
  isDirectory(): boolean;
  isFile(): boolean;
}

/** The calls, with Node's meaning and Node's errors. */
export interface Disk {
  open(path: string, flags: string, mode?: number): number;
  /** Writes some of `bytes` from `offset` on; how many is the answer and may be fewer than asked. */
  write(fd: number, bytes: Uint8Array, offset: number, length: number): number;
  read(fd: number, into: Uint8Array, offset: number, length: number, position: number): number;
  fsync(fd: number): void;
  fdatasync(fd: number): void;
  fstat(fd: number): DiskStat;
  close(fd: number): void;
  stat(path: string): DiskStat;
  exists(path: string): boolean;
  /** Whether files can be made in a folder, as far as permissions tell. */
  isWritable(folder: string): boolean;
  /** False when the disk of a folder is full; true where that cannot be told. */
  hasRoom(folder: string): boolean;
  mkdir(path: string): void;
  rmdir(path: string): void;
  readdir(path: string): string[];
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  unlink(path: string): void;
  /** Removes a folder with all it holds; a missing one is no error. */
  remove(path: string): void;
}

/** Drafts come and go on a full disk, so that a little is free now and then. */
const littleRoomBytes = 64 * 1024;

/** The real disk. */
export const nodeDisk: Disk = {
  open: (path, flags, mode = 0o666) => fs.openSync(path, flags, mode),
  write: (fd, bytes, offset, length) => fs.writeSync(fd, bytes, offset, length),
  read: (fd, into, offset, length, position) => fs.readSync(fd, into, offset, length, position),
  fsync: (fd) => {
    fs.fsyncSync(fd);
  },
  fdatasync: (fd) => {
    fs.fdatasyncSync(fd);
  },
  fstat: (fd) => fs.fstatSync(fd, { bigint: true }),
  close: (fd) => {
    fs.closeSync(fd);
  },
  stat: (path) => fs.statSync(path, { bigint: true }),
  exists: (path) => fs.existsSync(path),
  isWritable: (folder) => {
    try {
      fs.accessSync(folder, fs.constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
  hasRoom: (folder) => {
    try {
      const { blocks, bavail, bsize } = fs.statfsSync(folder);
      // Some file systems do not know, and say 0 of 0.
      return blocks === 0 || bavail * bsize >= littleRoomBytes;
    } catch {
      return true;
    }
  },
  mkdir: (path) => {
    fs.mkdirSync(path);
  },
  rmdir: (path) => {
    fs.rmdirSync(path);
  },
  readdir: (path) => fs.readdirSync(path),
  rename: (from, to) => {
    fs.renameSync(from, to);
  },
  link: (from, to) => {
    fs.linkSync(from, to);
  },
  unlink: (path) => {
    fs.unlinkSync(path);
  },
  remove: (path) => {
    fs.rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  },
};
