/** Reads a growing journal, each time only what is new. */
import type { Execution } from '../../model/execution.ts';
import type { Failure } from '../../model/result.ts';
import { readChain, type Chain } from './journal-chain.ts';
import { decodeLines } from './journal-line.ts';
import { claimPath, journalPath, type StateFolder } from './state-folder.ts';
import { readFrom, signatureOf } from './write-file.ts';

/** The state of one execution as its journals have it now. */
export class JournalTail {
  readonly #folder: StateFolder;
  readonly #id: string;
  #chain: Chain | null = null;
  #offset = 0;
  #signature: string | null = null;
  #failure: Failure | null = null;

  constructor(folder: StateFolder, id: string) {
    this.#folder = folder;
    this.#id = id;
  }

  /** What was read last; null before that and where there is none. */
  get execution(): Execution | null {
    return this.#chain?.replay.execution ?? null;
  }

  /** The file that grows while its owner goes on; null before it was read. */
  get file(): string | null {
    return this.#chain === null ? null : journalPath(this.#folder, this.#id, this.#chain.epoch);
  }

  /** Why the journal cannot be read; null when it can. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Reads what is new. Throws what the disk throws. */
  read(): Execution | null {
    const chain = this.#chain;
    if (chain === null) return this.#readAll();
    const file = journalPath(this.#folder, this.#id, chain.epoch);
    const signature = signatureOf(this.#folder.disk, file);
    // A later claim may void the end of this journal.
    if (this.#folder.disk.exists(claimPath(this.#folder, this.#id, chain.epoch + 1))) {
      return this.#readAll();
    }
    if (signature === null) return this.#readAll();
    if (signature === this.#signature) return this.execution;
    const found = readFrom(this.#folder.disk, file, this.#offset);
    if (found === null || found.stat.size < BigInt(this.#offset)) return this.#readAll();
    this.#signature = signature;
    const { lines, goodBytes, isDamaged } = decodeLines(found.bytes, chain.epoch);
    if (isDamaged) return this.#readAll();
    for (const line of lines) {
      if (chain.replay.apply(line, chain.epoch) !== null) return this.#readAll();
    }
    this.#offset += goodBytes;
    return this.execution;
  }

  #readAll(): Execution | null {
    const before = this.#chain;
    const chain = readChain(this.#folder, this.#id);
    this.#failure = chain.ok ? null : chain.error;
    // The last good state is shown on, but read anew each time.
    if (!chain.ok) return this.execution;
    const isSame = before?.epoch === chain.value.epoch && before.seq === chain.value.seq;
    this.#chain = isSame ? before : chain.value;
    this.#offset = chain.value.goodBytes;
    this.#signature = null;
    return this.execution;
  }
}
