/** Appends to the journal of one epoch. After any error it is closed for good: what a failed sync lost cannot be told. */
import path from 'node:path';
import type { Disk } from './disk.ts';
import { syncFolder, writeAll } from './write-file.ts';

/** An open journal. */
export class JournalWriter {
  readonly #disk: Disk;
  #fd: number | null;
  #writtenBytes = 0;
  #syncedBytes = 0;

  private constructor(disk: Disk, fd: number) {
    this.#disk = disk;
    this.#fd = fd;
  }

  /** Creates the file, which must not exist, with its first lines, durably. Throws what the disk throws. */
  static create(disk: Disk, file: string, firstLines: Uint8Array): JournalWriter {
    const writer = new JournalWriter(disk, disk.open(file, 'ax'));
    writer.append(firstLines, { sync: true });
    try {
      syncFolder(disk, path.dirname(file));
    } catch (error) {
      writer.close();
      throw error;
    }
    return writer;
  }

  /** False after an error or `close`. */
  get isOpen(): boolean {
    return this.#fd !== null;
  }

  /** How much of the file is durable for certain. */
  get syncedBytes(): number {
    return this.#syncedBytes;
  }

  /** Appends all bytes; throws what the disk throws, and is closed then. */
  append(bytes: Uint8Array, options: { readonly sync: boolean }): void {
    if (this.#fd === null) throw new Error('the journal is closed');
    try {
      writeAll(this.#disk, this.#fd, bytes);
      this.#writtenBytes += bytes.length;
      if (!options.sync) return;
      this.#disk.fdatasync(this.#fd);
      this.#syncedBytes = this.#writtenBytes;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Closes the file. */
  close(): void {
    const fd = this.#fd;
    if (fd === null) return;
    this.#fd = null;
    try {
      this.#disk.close(fd);
    } catch {
      // What counts was synced; a close can only tell of what did not.
    }
  }
}
