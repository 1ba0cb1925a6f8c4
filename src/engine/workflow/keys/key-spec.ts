import type { SiteName } from './sites.ts';

/** The maps of a workflow file that have a fixed set of keys. */
export type KeyPlace =
  | 'workflow'
  | 'input'
  | 'concurrency'
  | 'defaults'
  | 'task'
  | 'retry'
  | 'strategy'
  | 'approval'
  | 'http';

/** The maps whose keys the author chooses, by what the keys name. */
export type NameKind = 'task' | 'input' | 'output' | 'variable' | 'header' | 'argument';

/** What a value may be: read by the shape check, and by whatever explains or completes a workflow. */
export type ValueType =
  /** Text that is taken as it is; expressions are not evaluated in it. */
  | { readonly kind: 'text' }
  /** Text in which `${{ }}` is evaluated; the site says which contexts are there. */
  | { readonly kind: 'template'; readonly site: SiteName }
  /** An expression, with or without `${{ }}` around it. */
  | { readonly kind: 'condition'; readonly site: SiteName }
  /** `canBeZero` where no time at all makes sense. */
  | { readonly kind: 'duration'; readonly canBeZero?: true }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  /** One of some words; `ignoreCase` for those that are written both ways. */
  | { readonly kind: 'word'; readonly words: readonly string[]; readonly ignoreCase?: boolean }
  /** Text, a number or a boolean, with its type. */
  | { readonly kind: 'scalar' }
  /** A list; `single` where one item may stand without a list. */
  | { readonly kind: 'list'; readonly of: ValueType; readonly single: boolean }
  /** A map with a fixed set of keys. */
  | { readonly kind: 'map'; readonly place: KeyPlace }
  /** A map from names to values. */
  | { readonly kind: 'named'; readonly names: NameKind; readonly of: ValueType }
  /** A map with fixed keys, or something short in its place. */
  | { readonly kind: 'short-or-map'; readonly short: ValueType; readonly place: KeyPlace }
  | { readonly kind: 'matrix' };

/** One key of one place, with all that is to be said about it. */
export interface KeySpec {
  readonly key: string;
  readonly place: KeyPlace;
  readonly type: ValueType;
  /** Markdown, one paragraph. */
  readonly docs: string;
  /** A piece of YAML that shows it. */
  readonly example: string;
  readonly isRequired?: boolean;
  /** In words, when it is left out. */
  readonly default?: string;
  /** Names of other systems for the same thing, suggested when they are used. */
  readonly otherNames?: readonly string[];
  /** Set for a key that is reserved: refused with "not supported yet". */
  readonly isLater?: true;
}
