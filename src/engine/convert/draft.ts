import { idPattern } from '../../model/ids.ts';

/** Something of the other file that the workflow does not have. */
export interface LeftOut {
  /** Where it stood: `jobs.build.steps[2]`. */
  readonly what: string;
  /** Why it is not there, and what to do about it. */
  readonly why: string;
}

/** A part of a file that can be carried over by itself. */
export interface Target {
  readonly name: string;
  readonly description: string;
  /** Chosen unless the person says otherwise. */
  readonly isDefault: boolean;
}

/** A task as it will be written: keys of the workflow language, in their order. */
export interface DraftTask {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Stands above the task. */
  readonly comment?: string;
}

/** A workflow that is being put together from a file of another kind. */
export class Draft {
  /** Keys of the workflow beside `tasks`, in their order. */
  readonly head: Record<string, unknown> = {};
  readonly tasks = new Map<string, DraftTask>();
  readonly secrets = new Set<string>();
  readonly #left = new Map<string, LeftOut>();

  /** What could not be carried over, each once. */
  get left(): readonly LeftOut[] {
    return [...this.#left.values()];
  }

  /** Notes something that is not carried over. */
  leave(what: string, why: string): void {
    this.#left.set(`${what}\n${why}`, { what, why });
  }

  /** An id for a task, made of a name and not taken yet. */
  freeId(name: string): string {
    return freeId(name, (id) => this.tasks.has(id));
  }

  /** Adds a task; keys without a value are left out. */
  add(id: string, fields: Readonly<Record<string, unknown>>, comment?: string): void {
    const present = Object.entries(fields).filter(([, value]) => !isNothing(value));
    const task = { fields: Object.fromEntries(present) };
    this.tasks.set(id, comment === undefined ? task : { ...task, comment });
  }

  /**
   * Adds a task that fails until a person has written it: what stood there cannot be carried over, and going on
   * without it would do less than the file says.
   */
  addUnwritten(
    id: string,
    place: { readonly what: string; readonly why: string; readonly original: string },
    fields: Readonly<Record<string, unknown>> = {},
  ): void {
    this.leave(place.what, place.why);
    this.add(id, { ...fields, ...unwritten(place.why) }, place.original);
  }
}

/** The keys of a task that fails with a reason. Node, so that no shell reads the text. */
export function unwritten(why: string): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(`To be written: ${why}`.replaceAll('${{', '$ {{'));
  return { shell: 'node', run: `console.error(${text});\nprocess.exit(1);\n` };
}

/** An id made of any name: `Build & test` is `build-test`. */
export function toId(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  const id = /^[A-Za-z_]/.test(plain) ? plain : `task-${plain}`.replace(/-$/, '');
  return idPattern.test(id) ? id : 'task';
}

/** An id made of a name that is not taken. */
export function freeId(name: string, isTaken: (id: string) => boolean): string {
  const id = toId(name);
  let free = id;
  for (let number = 2; isTaken(free); number += 1) free = `${id}-${String(number)}`;
  return free;
}

/** One need as a plain name, several as a list. */
export function needsOf(ids: Iterable<string>): string | readonly string[] | undefined {
  const list = [...new Set(ids)];
  return list.length < 2 ? list[0] : list;
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
