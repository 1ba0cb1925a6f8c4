import type { ParseContext } from '../parse-context.ts';
import type { Span } from '../reporter.ts';

/** What a suggestion stands for, for its icon. */
export type SuggestionKind =
  | 'key'
  | 'word'
  | 'task'
  | 'input'
  | 'secret'
  | 'variable'
  | 'context'
  | 'function'
  | 'property'
  | 'agent'
  | 'snippet';

/** Something that can be written at a place. */
export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** The text that takes the place of `replace`; with `isSnippet` in the editor's snippet syntax. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly replace: Span;
  /** A few words beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly docs: string;
  /** Whether what was written wants a value that can be suggested at once. */
  readonly again: boolean;
}

/** What is known besides the text. */
export interface AuthoringContext extends ParseContext {
  /** Ids of all agents of the folder. */
  readonly agents: readonly string[];
  /** Names of secrets that are stored. */
  readonly secretNames: readonly string[];
}

/** A suggestion whose text is what it is called, unless said otherwise. */
export function suggestion(
  label: string,
  kind: SuggestionKind,
  replace: Span,
  more: Partial<Omit<Suggestion, 'label' | 'kind' | 'replace'>> = {},
): Suggestion {
  const { insert = label, isSnippet = false, detail = '', docs = '', again = false } = more;
  return { label, kind, replace, insert, isSnippet, detail, docs, again };
}

/** A text as the editor's snippet syntax writes it. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
