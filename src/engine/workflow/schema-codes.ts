/**
 * Codes of what the JSON Schema refuses too: the shape of a file. A tool that reads the schema says these by itself;
 * a test holds that it does.
 */
export const schemaCodes: ReadonlySet<string> = new Set([
  'missing-key',
  'missing-kind',
  'no-tasks',
  'out-of-range',
  'two-kinds',
  'unknown-key',
  'unknown-value',
  'unsupported-kind',
  'wrong-type',
]);
