import { parseDuration } from '../../../model/duration.ts';
import { valueOf, type YamlNode, type YamlScalar } from '../yaml/yaml-node.ts';

// The builders run on files without errors: a value is of its type, or it is not there.

/** The scalar under a key; null for none or an empty one. */
export function readScalar(node: YamlNode | undefined, key: string): YamlScalar | null {
  const value = valueOf(node, key);
  return value?.kind === 'scalar' && value.value !== null ? value : null;
}

/** The text under a key. */
export function readText(node: YamlNode | undefined, key: string): string | null {
  return readScalar(node, key)?.text ?? null;
}

/** The number under a key. */
export function readNumber(node: YamlNode | undefined, key: string): number | null {
  const value = readScalar(node, key)?.value;
  return typeof value === 'number' ? value : null;
}

/** The boolean under a key. */
export function readBoolean(node: YamlNode | undefined, key: string): boolean | null {
  const value = readScalar(node, key)?.value;
  return typeof value === 'boolean' ? value : null;
}

/** The duration under a key, in milliseconds. */
export function readDuration(node: YamlNode | undefined, key: string): number | null {
  const text = readText(node, key);
  const parsed = text === null ? null : parseDuration(text);
  return parsed?.ok === true ? parsed.value : null;
}

/** The texts of a map from names to scalars; an empty value is an empty text. */
export function readTexts(
  node: YamlNode | undefined,
  key: string,
): Readonly<Record<string, string>> {
  const map = valueOf(node, key);
  if (map?.kind !== 'map') return {};
  return Object.fromEntries(
    map.entries.flatMap((entry) => {
      return entry.value.kind === 'scalar' ? [[entry.key.text, entry.value.text]] : [];
    }),
  );
}
