import type { KeyPlace, KeySpec, ValueType } from '../keys/key-spec.ts';
import { keyTable } from '../keys/key-table.ts';

/** What a path of keys leads to. */
export interface TypePlace {
  /** Null where a key of the path is not known, and inside a matrix. */
  readonly type: ValueType | null;
  /** The key itself, when it is one of the language and no name of the author's. */
  readonly spec: KeySpec | null;
  /** The map that the key stands in, when it has fixed keys. */
  readonly place: KeyPlace | null;
}

/** Follows the keys from the top of a file. */
export function typeAt(path: readonly string[]): TypePlace {
  let found: TypePlace = { type: { kind: 'map', place: 'workflow' }, spec: null, place: null };
  for (const key of path) found = step(found.type, key);
  return found;
}

function step(type: ValueType | null, key: string): TypePlace {
  if (type?.kind === 'map' || type?.kind === 'short-or-map') {
    const spec = keyTable[type.place].get(key) ?? null;
    return { type: spec?.type ?? null, spec, place: type.place };
  }
  if (type?.kind === 'named') return { type: type.of, spec: null, place: null };
  if (type?.kind === 'list') return step(type.of, key);
  return { type: null, spec: null, place: null };
}

/** The map with fixed keys that a value of a type may be; null when it cannot be one. */
export function placeOf(type: ValueType | null): KeyPlace | null {
  return type?.kind === 'map' || type?.kind === 'short-or-map' ? type.place : null;
}

/** What one value of a type is: the short form, the item of a list. */
export function singleOf(type: ValueType | null): ValueType | null {
  if (type?.kind === 'list') return singleOf(type.of);
  return type?.kind === 'short-or-map' ? singleOf(type.short) : type;
}
