/**
 * The bytes of the view file. A header field per line and a task per line: readable, and half the size of fully
 * indented JSON. The last field is a checksum of all before it, by which an edit by other hands is noticed.
 */
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { toExecution } from './execution-shape.ts';
import { checksum } from './journal-line.ts';

/** The version that this program reads and writes. */
export const viewVersion = 1;

/** What the bytes of a view file are. */
export type ParsedView =
  | { readonly kind: 'empty' }
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'newer'; readonly version: number; readonly executions: readonly Execution[] }
  | ValidView;

/** A view file that can be used. */
export interface ValidView {
  readonly kind: 'valid';
  readonly revision: number;
  readonly executions: readonly Execution[];
  /** Fields of others at the top of the file. */
  readonly others: Readonly<Record<string, unknown>>;
  /** False when somebody else wrote it: then its executions are compared with their journals. */
  readonly isOwnText: boolean;
  /** Entries that are no executions. */
  readonly rejected: number;
}

/** Reads a view file; never throws. */
export function parseView(bytes: Uint8Array): ParsedView {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (text.trim() === '') return { kind: 'empty' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return { kind: 'bad', why: 'it is not JSON' };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { kind: 'bad', why: 'it is not an object' };
  }
  const {
    version,
    revision,
    executions,
    digest: _digest,
    ...others
  } = parsed as Record<string, unknown>;
  if (typeof version !== 'number') return { kind: 'bad', why: 'it has no version' };
  const list: readonly unknown[] | null = Array.isArray(executions) ? executions : null;
  const usable = (list ?? []).map(toExecution).filter((execution) => execution !== null);
  if (version > viewVersion) return { kind: 'newer', version, executions: usable };
  if (version !== viewVersion || list === null) return { kind: 'bad', why: 'it has no executions' };
  return {
    kind: 'valid',
    revision: Number.isSafeInteger(revision) ? (revision as number) : 0,
    executions: usable,
    others,
    isOwnText: hasOwnDigest(text),
    rejected: list.length - usable.length,
  };
}

const digestLine = /,\n {2}"digest": "([0-9a-f]{8})"\n\}\n$/;

function hasOwnDigest(text: string): boolean {
  const match = digestLine.exec(text.slice(-40));
  if (match?.[1] === undefined) return false;
  const body = text.slice(0, text.length - match[0].length);
  return checksum(Buffer.from(body)) === match[1];
}

/** How much the view holds: finished executions beyond either limit leave it, oldest first. */
export interface ViewLimits {
  readonly keep: number;
  readonly maxBytes: number;
}

/** Writes view files; remembers the text of what did not change. */
export class ViewText {
  readonly #executions = new WeakMap<Execution, string>();
  readonly #tasks = new WeakMap<TaskExecution, string>();

  /** All unfinished executions and the newest finished ones within the limits, at least one. In the given order. */
  limit(executions: readonly Execution[], limits: ViewLimits): readonly Execution[] {
    let finished = 0;
    let size = 0;
    return executions.filter((execution) => {
      if (!isExecutionOver(execution.status)) {
        size += this.#executionText(execution).length;
        return true;
      }
      if (finished >= limits.keep || (finished > 0 && size > limits.maxBytes)) return false;
      finished += 1;
      size += this.#executionText(execution).length;
      return true;
    });
  }

  /** The bytes of a view file. */
  encode(view: Pick<ValidView, 'revision' | 'executions' | 'others'>): Uint8Array {
    const head = [`"version": ${String(viewVersion)}`, `"revision": ${String(view.revision)}`];
    const others = Object.entries(view.others).map(
      ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
    );
    const list = view.executions.map((execution) => this.#executionText(execution));
    const executions =
      list.length === 0 ? '"executions": []' : `"executions": [\n${list.join(',\n')}\n  ]`;
    const body = Buffer.from(`{\n  ${[...head, ...others, executions].join(',\n  ')}`);
    const tail = Buffer.from(`,\n  "digest": "${checksum(body)}"\n}\n`);
    return Buffer.concat([body, tail]);
  }

  #executionText(execution: Execution): string {
    const known = this.#executions.get(execution);
    if (known !== undefined) return known;
    const { tasks, ...header } = execution;
    const lines = JSON.stringify(header, null, 2).slice(0, -2).replaceAll('\n', '\n    ');
    const list = tasks.map((task) => this.#taskText(task)).join(',\n        ');
    const text =
      tasks.length === 0
        ? `    ${lines},\n      "tasks": []\n    }`
        : `    ${lines},\n      "tasks": [\n        ${list}\n      ]\n    }`;
    this.#executions.set(execution, text);
    return text;
  }

  #taskText(task: TaskExecution): string {
    const known = this.#tasks.get(task);
    if (known !== undefined) return known;
    const text = JSON.stringify(task);
    this.#tasks.set(task, text);
    return text;
  }
}
