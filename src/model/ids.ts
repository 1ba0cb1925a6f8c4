/** Ids of tasks, inputs and outputs: an ASCII letter or `_`, then letters, digits, `_`, `-`; at most 100 characters. */
export const idPattern = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;

/** An execution id: UTC date and time of its creation and four hex digits, `20261122-141503-7f3a`. */
export const executionIdPattern = /^\d{8}-\d{6}-[0-9a-f]{4,12}$/;

/** The execution id of a moment; `random` is four or more hex digits that the caller drew. */
export function executionIdAt(now: Date, random: string): string {
  const digits = now.toISOString().replace(/[-:T]/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${random}`;
}

/** How many different suffixes there are for one millisecond. */
export const suffixesPerMs = 65;

/**
 * Four hex digits for the id of an execution that sort by the millisecond of its second, so that the newest of several
 * executions of one second is known; `choice` is below `suffixesPerMs` and drawn by chance.
 */
export function executionSuffix(now: Date, choice: number): string {
  return (now.getUTCMilliseconds() * suffixesPerMs + choice).toString(16).padStart(4, '0');
}

/** The id of one combination of a matrix task: `build (linux, 20)`. */
export function matrixTaskId(task: string, values: readonly unknown[]): string {
  return `${task} (${values.map(String).join(', ')})`;
}

/**
 * A file name for a task's logs that is legal on every platform and differs for tasks that differ, also where
 * file names ignore case. A plain lower-case id stays as it is; anything else gets its hash behind a readable part.
 */
export function logNameOf(task: string): string {
  const isPlain = /^[a-z_][a-z0-9_-]{0,79}$/.test(task) && !reservedName.test(task);
  if (isPlain) return task;
  const readable = task
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${readable}.${fnv1a(task)}`;
}

const reservedName = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** 64 bits of FNV-1a over UTF-16 units, as 16 hex digits: enough to keep names apart, no security. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= BigInt(text.charCodeAt(index));
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
