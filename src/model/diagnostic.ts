/** Positions are 1-based lines and columns (UTF-16 units, as editors count); an end is exclusive. */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Something to say about a place in a workflow file. The range is the exact key or value. */
export interface Diagnostic extends SourceRange {
  readonly severity: 'error' | 'warning' | 'information';
  /** Stable and kebab-case: the rule that speaks, for example `unknown-key`. */
  readonly code: string;
  readonly message: string;
  /** Other places that explain it, for example the trail of a cycle. */
  readonly related?: readonly RelatedPlace[];
  /** What a quick fix needs, for example the word that was probably meant. */
  readonly fix?: DiagnosticFix;
  /** Another repair, which is right when `fix` is not what was meant. */
  readonly otherFix?: DiagnosticFix;
}

/** A second place in the same file, with what it adds. */
export interface RelatedPlace extends SourceRange {
  readonly message: string;
}

/** A mechanical repair: replace `range` (default: the diagnostic's own) by `text`. */
export interface DiagnosticFix {
  readonly title: string;
  readonly edits: readonly { readonly range: SourceRange; readonly text: string }[];
}

/** True when any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
