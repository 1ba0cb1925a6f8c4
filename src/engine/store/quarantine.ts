/** Keeps bytes that could not be used: nothing unread is overwritten before a copy of it is here. */
import path from 'node:path';
import { sha256 } from '../sha256.ts';
import { quarantineFolder, type StateFolder } from './state-folder.ts';
import { errnoOf } from './storage-failure.ts';
import { createFile, makeFolder, namesIn, removeQuietly } from './write-file.ts';

const maxFiles = 20;

/** Keeps a copy, the same content once, and at most 20 (the oldest goes). The file's path. Throws what the disk throws. */
export function quarantine(folder: StateFolder, bytes: Uint8Array, name: string): string {
  const { disk } = folder;
  const home = quarantineFolder(folder);
  makeFolder(disk, home);
  const hash = sha256(bytes).slice(0, 16);
  const names = namesIn(disk, home).sort();
  const known = names.find((candidate) => candidate.includes(hash));
  if (known !== undefined) return path.join(home, known);
  const stamp = new Date().toISOString().replace(/[-:.]/g, '');
  const file = path.join(home, `${stamp}-${hash}-${name}`);
  try {
    createFile(disk, file, bytes, { sync: true });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  for (const old of names.slice(0, Math.max(0, names.length + 1 - maxFiles))) {
    removeQuietly(disk, path.join(home, old));
  }
  return file;
}
