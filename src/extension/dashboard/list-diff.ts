import type { StuckVerdict } from '../../model/execution.ts';
import type { ListChange, ListFacts, ListRow, ListWindow } from '../../protocol/list-messages.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { jsonBytes } from './fit-text.ts';
import type { ListPage } from './list-page.ts';
import { toListRow } from './to-list-row.ts';
import { asRecorded, type Tell } from '../../model/tell-message.ts';

type Stuck = ReadonlyMap<string, readonly StuckVerdict[]>;

interface SentRow {
  readonly execution: FolderExecution['execution'];
  readonly isStuck: boolean;
  /** The row: not all that is recorded of an execution is shown. */
  readonly text: string;
}

/**
 * Remembers what the webview has of its window of the list and finds what it lacks: rows are compared by the
 * identity of their execution, so an unchanged list costs nothing to compare.
 */
export class ListDiff {
  readonly #tell: Tell;
  #sent = new Map<string, SentRow>();
  #keys: readonly string[] = [];
  #offset = 0;
  #total = 0;
  #facts = '';

  constructor(tell: Tell = asRecorded) {
    this.#tell = tell;
  }

  /** A whole window; rows beyond `budget` bytes are left for `changes`. */
  open(page: ListPage, stuck: Stuck, budget: number): ListWindow {
    this.#sent = new Map();
    this.#remember(page);
    const fixed = jsonBytes(this.#keys) + this.#facts.length;
    return {
      offset: page.offset,
      total: page.total,
      keys: this.#keys,
      rows: this.#takeRows(page, stuck, budget - fixed).rows,
      facts: page.facts,
    };
  }

  /** What changed since the last call, and whether more is left that did not fit. Null: nothing changed. */
  changes(
    page: ListPage,
    stuck: Stuck,
    budget: number,
  ): { readonly change: ListChange; readonly isMore: boolean } | null {
    const previous = { keys: this.#keys, offset: this.#offset, total: this.#total };
    const previousFacts = this.#facts;
    this.#remember(page);
    const isMoved = page.offset !== previous.offset || !isSame(previous.keys, this.#keys);
    const facts: ListFacts | null = this.#facts === previousFacts ? null : page.facts;
    const fixed = (isMoved ? jsonBytes(this.#keys) : 0) + (facts === null ? 0 : this.#facts.length);
    const { rows, isMore } = this.#takeRows(page, stuck, budget - fixed);
    if (!isMoved && facts === null && rows.length === 0 && previous.total === page.total) {
      return null;
    }
    const change: ListChange = {
      offset: page.offset,
      total: page.total,
      keys: isMoved ? this.#keys : null,
      rows,
      facts,
    };
    return { change, isMore };
  }

  #remember(page: ListPage): void {
    this.#keys = page.items.map((item) => item.key);
    this.#offset = page.offset;
    this.#total = page.total;
    this.#facts = JSON.stringify(page.facts);
  }

  #takeRows(
    page: ListPage,
    stuck: Stuck,
    budget: number,
  ): { readonly rows: readonly ListRow[]; readonly isMore: boolean } {
    const kept = new Map<string, SentRow>();
    const rows: ListRow[] = [];
    let left = budget;
    let isMore = false;
    for (const item of page.items) {
      const isStuck = stuck.has(item.execution.id);
      const sent = this.#sent.get(item.key);
      if (sent?.execution === item.execution && sent.isStuck === isStuck) {
        kept.set(item.key, sent);
        continue;
      }
      const row = toListRow(item, isStuck, this.#tell);
      const { execution } = item;
      const text = JSON.stringify(row);
      if (sent?.text === text) {
        kept.set(item.key, { execution, isStuck, text });
        continue;
      }
      const bytes = Buffer.byteLength(text) + 1;
      // A row alone is never over the budget: its texts are cut.
      if (bytes > left && rows.length > 0) {
        isMore = true;
        if (sent !== undefined) kept.set(item.key, sent);
        left = 0;
        continue;
      }
      left -= bytes;
      rows.push(row);
      kept.set(item.key, { execution, isStuck, text });
    }
    this.#sent = kept;
    return { rows, isMore };
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
