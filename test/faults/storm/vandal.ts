/** Does to the view file and its lock what editors, git, backup programs and people do. */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { viewPath, type StateFolder } from '../../../src/engine/store/state-folder.ts';
import { between, oneOf, type Random } from './seeded-random.ts';

const acts = [
  'delete',
  'truncate',
  'garble',
  'replace by an older copy',
  'empty',
  'edit',
  'not ours',
  'remove the lock',
  'put a file into the lock',
] as const;

/** Keeps in mind what it put there, so that a torn read is told from its own work. */
export class Vandal {
  readonly #folder: StateFolder;
  readonly #random: Random;
  readonly #hashes = new Set<string>();
  #older: Buffer[] = [];
  #count = 0;

  constructor(folder: StateFolder, random: Random) {
    this.#folder = folder;
    this.#random = random;
  }

  /** How often it acted. */
  get count(): number {
    return this.#count;
  }

  /** Whether a content was its own. */
  isOwn(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  /** Does one thing; nothing where there is nothing to spoil. */
  act(): void {
    const file = viewPath(this.#folder);
    try {
      const bytes = fs.readFileSync(file);
      if (this.#older.length < 5 || this.#random() < 0.1)
        this.#older = [bytes, ...this.#older.slice(0, 4)];
      this.#do(oneOf(this.#random, acts), file, bytes);
      this.#count += 1;
    } catch (error) {
      // Somebody was faster: gone already, or there already.
      const { code } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'EEXIST', 'ENOTEMPTY'].includes(code ?? '')) throw error;
    }
  }

  #do(act: (typeof acts)[number], file: string, bytes: Buffer): void {
    const random = this.#random;
    const lock = `${file}.lock`;
    switch (act) {
      case 'delete':
        fs.unlinkSync(file);
        return;
      case 'truncate':
        this.#truncate(file, between(random, 0, bytes.length));
        return;
      case 'garble': {
        const garbled = Buffer.from(bytes);
        for (let times = between(random, 1, 20); times > 0 && bytes.length > 0; times -= 1) {
          garbled[between(random, 0, bytes.length - 1)] = between(random, 0, 255);
        }
        this.#put(file, garbled);
        return;
      }
      case 'replace by an older copy':
        this.#put(file, oneOf(random, this.#older));
        return;
      case 'empty':
        this.#put(file, Buffer.alloc(0));
        return;
      case 'edit':
        this.#put(file, Buffer.from(bytes.toString('utf8').replaceAll('"running"', '"failed"')));
        return;
      case 'not ours':
        this.#put(
          file,
          Buffer.from(oneOf(random, ['[]', 'null', '{"version":1}', '<<<<<<< HEAD\n'])),
        );
        return;
      case 'remove the lock':
        fs.rmdirSync(lock);
        return;
      case 'put a file into the lock':
        fs.writeFileSync(path.join(lock, '.DS_Store'), '');
    }
  }

  #put(file: string, bytes: Buffer): void {
    this.#remember(bytes);
    const draft = `${file}.${randomUUID()}`;
    fs.writeFileSync(draft, bytes);
    fs.renameSync(draft, file);
  }

  #truncate(file: string, length: number): void {
    const fd = fs.openSync(file, 'r+');
    try {
      fs.ftruncateSync(fd, length);
      const { size } = fs.fstatSync(fd);
      const bytes = Buffer.alloc(size);
      fs.readSync(fd, bytes, 0, size, 0);
      this.#remember(bytes);
    } finally {
      fs.closeSync(fd);
    }
  }

  #remember(bytes: Buffer): void {
    this.#hashes.add(createHash('sha256').update(bytes).digest('hex'));
  }
}
