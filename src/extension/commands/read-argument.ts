import type { NodeRef } from '../folder-state.ts';

/** What a command was asked to act on, as far as the caller said it. */
export interface Wanted {
  /** Key of the folder. */
  readonly folder: string | null;
  readonly agent: string | null;
  readonly execution: string | null;
  readonly task: string | null;
  readonly attempt: number | null;
  /** An id of something, still to be looked up. */
  readonly text: string | null;
  /** False: the caller has asked the person already. */
  readonly isAsking: boolean;
  /** True: a log is opened where it says what went wrong. */
  readonly isAtError: boolean;
}

const nothing: Wanted = {
  folder: null,
  agent: null,
  execution: null,
  task: null,
  attempt: null,
  text: null,
  isAsking: true,
  isAtError: false,
};

/**
 * Reads a command's arguments: a row of our views, an id (and a task id after it), an object that names the parts, or
 * nothing. What is none of these counts as nothing: VS Code hands over what it likes, for example a file.
 */
export function readArgument(first: unknown, second?: unknown): Wanted {
  if (typeof first === 'string' && first !== '') {
    const task = typeof second === 'string' && second !== '' ? second : null;
    return { ...nothing, text: first, task };
  }
  if (!isRecord(first)) return nothing;
  const ref = first['ref'];
  if (isRecord(ref) && typeof ref['kind'] === 'string') return fromRef(ref as unknown as NodeRef);
  return {
    folder: textOf(first['folder']),
    agent: textOf(first['agent']),
    execution: textOf(first['execution']),
    task: textOf(first['task']),
    attempt: typeof first['attempt'] === 'number' ? first['attempt'] : null,
    text: null,
    isAsking: first['ask'] !== false,
    isAtError: first['at'] === 'error',
  };
}

function fromRef(ref: NodeRef): Wanted {
  const wanted = { ...nothing, folder: ref.folder };
  switch (ref.kind) {
    case 'agent':
      return { ...wanted, agent: ref.agent };
    case 'execution':
    case 'group':
      return { ...wanted, execution: ref.execution };
    case 'task':
      return { ...wanted, execution: ref.execution, task: ref.task };
    case 'attempt':
      return { ...wanted, execution: ref.execution, task: ref.task, attempt: ref.attempt };
    case 'folder':
    case 'agent-folder':
    case 'section':
    case 'more':
      return wanted;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
