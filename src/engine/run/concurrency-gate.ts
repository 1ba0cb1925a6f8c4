import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Execution } from '../../model/execution.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { ConcurrencySpec } from '../../model/workflow.ts';
import { judgeOwner } from '../liveness/owner.ts';
import type { Log } from '../ports.ts';
import { sha256 } from '../sha256.ts';
import { listActive } from '../store/active-marks.ts';
import { sendRequest } from '../store/inbox.ts';
import { readExecution } from '../store/read-execution.ts';
import { temporaryFolder, type StateFolder } from '../store/state-folder.ts';

/** Whether an execution may begin as far as its concurrency group is concerned. */
export type GateAnswer =
  | { readonly kind: 'entered' }
  /** Somebody else is in; ask again. The message says who. */
  | { readonly kind: 'held'; readonly message: string }
  /** Somebody else is in, and this one is not to wait. */
  | { readonly kind: 'refused'; readonly message: string };

/**
 * The door of a concurrency group, as one execution sees it. Works across processes through files: whoever creates
 * the next number in the group's folder is in, and stays in until its execution is over or its owner is proved dead.
 * A number is never used twice, so of several that see an empty room exactly one gets in.
 */
export class ConcurrencyGate {
  readonly #folder: StateFolder;
  readonly #room: string;
  readonly #self: Execution;
  readonly #group: string;
  readonly #onConflict: ConcurrencySpec['onConflict'];
  readonly #log: Log;
  readonly #asked = new Set<string>();
  #place: string | null = null;

  constructor(options: {
    readonly folder: StateFolder;
    readonly execution: Execution;
    readonly group: string;
    readonly onConflict: ConcurrencySpec['onConflict'];
    readonly log: Log;
  }) {
    const name = sha256(Buffer.from(options.group)).slice(0, 32);
    this.#folder = options.folder;
    this.#room = path.join(options.folder.root, 'concurrency', name);
    this.#self = options.execution;
    this.#group = options.group;
    this.#onConflict = options.onConflict;
    this.#log = options.log;
  }

  /** Tries to become the one of the group that runs. A disk that refuses counts as held. */
  tryEnter(): GateAnswer {
    if (this.#place !== null) return { kind: 'entered' };
    try {
      return this.#ask();
    } catch (error) {
      return {
        kind: 'held',
        message: `its group "${this.#group}" cannot be read: ${messageOf(error)}`,
      };
    }
  }

  /** Lets the next one in; does nothing when it was never entered. */
  leave(): void {
    if (this.#place === null) return;
    // Emptied, not removed: the number must not come back.
    try {
      writeFileSync(this.#place, '');
    } catch {
      // The end of the execution frees the room as well.
    }
    this.#place = null;
  }

  #ask(): GateAnswer {
    const others = this.#others();
    const inside = this.#holder();
    if (this.#onConflict === 'fail' && (inside !== null || others.length > 0)) {
      const other = inside ?? others[0]?.id ?? '';
      return {
        kind: 'refused',
        message: `execution ${other} of the concurrency group "${this.#group}" is active, and \`on-conflict\` is "fail"`,
      };
    }
    if (this.#onConflict === 'cancel') this.#cancelOlder(others);
    const first = inside ?? others.find((other) => isBefore(other, this.#self))?.id;
    if (first !== undefined && first === this.#self.parent?.execution) {
      return {
        kind: 'refused',
        message: `it would wait for execution ${first}, which waits for it: both are in the concurrency group "${this.#group}"`,
      };
    }
    if (first !== undefined) {
      const message = `waits for execution ${first} of the concurrency group "${this.#group}"`;
      return { kind: 'held', message };
    }
    return this.#enter()
      ? { kind: 'entered' }
      : { kind: 'held', message: `waits for its concurrency group "${this.#group}"` };
  }

  /** Other executions of the group that are not over and whose owner may live, oldest first. */
  #others(): readonly Execution[] {
    const ids = new Set(listActive(this.#folder).map((mark) => mark.id));
    ids.delete(this.#self.id);
    return [...ids]
      .flatMap((id) => {
        const read = readExecution(this.#folder, id);
        return read.ok && read.value.concurrency?.group === this.#group && isAlive(read.value)
          ? [read.value]
          : [];
      })
      .sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** Whoever is in, when that still counts. */
  #holder(): string | null {
    const number = this.#lastNumber();
    if (number === 0) return null;
    const id = readFileSync(path.join(this.#room, String(number)), 'utf8');
    if (id === '' || id === this.#self.id) return null;
    const read = readExecution(this.#folder, id);
    return read.ok && isAlive(read.value) ? id : null;
  }

  #lastNumber(): number {
    mkdirSync(this.#room, { recursive: true });
    return Math.max(0, ...readdirSync(this.#room).map(Number).filter(Number.isInteger));
  }

  /** Creates the next number, with its content, in one step: a link cannot replace anything. */
  #enter(): boolean {
    const number = this.#lastNumber() + 1;
    // Someone may have come in since the holder was read.
    if (this.#holder() !== null) return false;
    const place = path.join(this.#room, String(number));
    const draft = path.join(temporaryFolder(this.#folder), `gate-${this.#self.id}`);
    mkdirSync(path.dirname(draft), { recursive: true });
    writeFileSync(draft, this.#self.id);
    try {
      linkSync(draft, place);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      // Some file systems have no links; then a reader may see the file for a moment before its content.
      writeFileSync(place, this.#self.id, { flag: 'wx' });
    } finally {
      rmSync(draft, { force: true });
    }
    this.#place = place;
    // A process that was paused for long may have made a number that others went past and removed.
    if (this.#lastNumber() !== number) {
      rmSync(place, { force: true });
      this.#place = null;
      return false;
    }
    rmSync(path.join(this.#room, String(number - 1)), { force: true });
    return true;
  }

  #cancelOlder(others: readonly Execution[]): void {
    for (const other of others) {
      if (!isBefore(other, this.#self) || this.#asked.has(other.id)) continue;
      this.#asked.add(other.id);
      const by = `execution ${this.#self.id} of the same concurrency group`;
      const sent = sendRequest(this.#folder, other.id, { type: 'cancel', task: null, by });
      if (!sent.ok)
        this.#log.warn(`execution ${other.id} cannot be cancelled: ${sent.error.message}`);
    }
  }
}

function isAlive(execution: Execution): boolean {
  if (isExecutionOver(execution.status)) return false;
  return execution.owner === null || judgeOwner(execution.owner) !== 'gone';
}

function isBefore(a: Execution, b: Execution): boolean {
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}
