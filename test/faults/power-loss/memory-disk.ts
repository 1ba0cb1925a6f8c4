/** A disk in memory: thousands of states after a power loss are made and looked at in seconds. */
import path from 'node:path';
import type { Disk, DiskStat } from '../../../src/engine/store/disk.ts';

/** A file or a folder. */
export interface MemoryNode {
  readonly ino: number;
  data: Buffer;
  /** Null for a file. */
  readonly entries: Map<string, MemoryNode> | null;
}

/** A disk whose folder `root` is the given node. */
export function memoryDisk(root: string, top: MemoryNode): Disk {
  const files = new Map<number, { readonly node: MemoryNode; readonly isAppend: boolean }>();
  let nextFd = 100;
  let nextIno = 1_000_000;

  const find = (file: string): MemoryNode | null => {
    if (file === root) return top;
    let node: MemoryNode = top;
    for (const name of path.relative(root, file).split(path.sep)) {
      if (node.entries === null) throw errno('ENOTDIR', file);
      const next = node.entries.get(name);
      if (next === undefined) return null;
      node = next;
    }
    return node;
  };
  const get = (file: string): MemoryNode => {
    const node = find(file);
    if (node === null) throw errno('ENOENT', file);
    return node;
  };
  const folderOf = (file: string): Map<string, MemoryNode> => {
    const { entries } = get(path.dirname(file));
    if (entries === null) throw errno('ENOTDIR', file);
    return entries;
  };
  const put = (file: string, isFolder: boolean): MemoryNode => {
    const folder = folderOf(file);
    if (folder.has(path.basename(file))) throw errno('EEXIST', file);
    nextIno += 1;
    const node = { ino: nextIno, data: Buffer.alloc(0), entries: isFolder ? new Map() : null };
    folder.set(path.basename(file), node);
    return node;
  };
  const take = (file: string): void => {
    if (!folderOf(file).delete(path.basename(file))) throw errno('ENOENT', file);
  };
  const statOf = (node: MemoryNode): DiskStat => ({
    ino: BigInt(node.ino),
    size: BigInt(node.data.length),
    mtimeNs: 0n,
    ctimeNs: BigInt(node.data.length),
    birthtimeNs: 0n,
    isDirectory: () => node.entries !== null,
    isFile: () => node.entries === null,
  });
  const fileOf = (fd: number): MemoryNode => files.get(fd)!.node;

  return {
    open: (file, flags) => {
      const known = find(file);
      if (flags.endsWith('x') && known !== null) throw errno('EEXIST', file);
      const node = flags === 'r' ? get(file) : (known ?? put(file, false));
      if (flags === 'w') node.data = Buffer.alloc(0);
      nextFd += 1;
      files.set(nextFd, { node, isAppend: true });
      return nextFd;
    },
    write: (fd, bytes, offset, length) => {
      const node = fileOf(fd);
      node.data = Buffer.concat([node.data, bytes.subarray(offset, offset + length)]);
      return length;
    },
    read: (fd, into, offset, length, position) => {
      const part = fileOf(fd).data.subarray(position, position + length);
      into.set(part, offset);
      return part.length;
    },
    fsync: () => undefined,
    fdatasync: () => undefined,
    fstat: (fd) => statOf(fileOf(fd)),
    close: (fd) => void files.delete(fd),
    stat: (file) => statOf(get(file)),
    exists: (file) => {
      try {
        return find(file) !== null;
      } catch {
        return false;
      }
    },
    isWritable: () => true,
    hasRoom: () => true,
    mkdir: (file) => void put(file, true),
    rmdir: take,
    readdir: (folder) => {
      const { entries } = get(folder);
      if (entries === null) throw errno('ENOTDIR', folder);
      return [...entries.keys()];
    },
    rename: (from, to) => {
      const node = get(from);
      take(from);
      folderOf(to).set(path.basename(to), node);
    },
    link: (from, to) => {
      const node = get(from);
      if (find(to) !== null) throw errno('EEXIST', to);
      folderOf(to).set(path.basename(to), node);
    },
    unlink: take,
    remove: (file) => {
      if (find(file) !== null) take(file);
    },
  };
}

function errno(code: string, file: string): Error {
  return Object.assign(new Error(`${code}: ${file}`), { code });
}
