import { fail, ok, type Result } from '../../model/result.ts';

/** `-i name=value` as a record. The value is all behind the first `=`, also when it is empty. */
export function parseInputs(words: readonly string[]): Result<Readonly<Record<string, string>>> {
  const inputs: Record<string, string> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals <= 0) {
      return fail('usage', `"${word}" is not an input; write -i name=value`);
    }
    const name = word.slice(0, equals);
    if (Object.hasOwn(inputs, name)) return fail('usage', `input "${name}" was given twice`);
    inputs[name] = word.slice(equals + 1);
  }
  return ok(inputs);
}
