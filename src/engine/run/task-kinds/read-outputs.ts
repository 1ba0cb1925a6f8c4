import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { fail, messageOf, ok, type Result } from '../../../model/result.ts';
import { maskText } from '../mask-secrets.ts';
import { maxOutputBytes, parseOutputs } from '../output-file.ts';

/** Reads a task's output file, hides secrets in the values, and removes the file. Code `output`. */
export function takeOutputs(
  file: string,
  secretWords: readonly string[],
): Result<Readonly<Record<string, string>>> {
  // Most tasks have no outputs, and a look is much cheaper than an open that fails.
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return ok({});
  // Opening a pipe that nobody writes would wait for ever.
  if (!found.isFile())
    return fail('output', 'it put something else in the place of its output file');
  let text: string | null;
  try {
    text = readUpTo(file, maxOutputBytes);
  } catch (error) {
    return fail('output', `its output file cannot be read: ${messageOf(error)}`);
  } finally {
    rmSync(file, { force: true, recursive: true });
  }
  if (text === null) return fail('output', 'it wrote more than 1 MiB to its output file');
  if (text === '') return ok({});
  const outputs = parseOutputs(text);
  if (!outputs.ok || secretWords.length === 0) return outputs;
  return ok(
    Object.fromEntries(
      Object.entries(outputs.value).map(([name, value]) => [name, maskText(value, secretWords)]),
    ),
  );
}

/** The whole text, or null when there is more; a file that grows meanwhile or has no size is read safely too. */
function readUpTo(file: string, limit: number): string | null {
  const descriptor = openSync(file, 'r');
  try {
    const first = Buffer.allocUnsafe(4096);
    const count = readSync(descriptor, first, 0, first.length, null);
    if (count < first.length) return first.toString('utf8', 0, count);
    const all = Buffer.allocUnsafe(limit + 1);
    first.copy(all);
    let length = count;
    while (length < all.length) {
      const more = readSync(descriptor, all, length, all.length - length, null);
      if (more === 0) return all.toString('utf8', 0, length);
      length += more;
    }
    return null;
  } finally {
    closeSync(descriptor);
  }
}
