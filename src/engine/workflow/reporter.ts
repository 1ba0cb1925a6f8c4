import type { Diagnostic, DiagnosticFix, RelatedPlace } from '../../model/diagnostic.ts';
import { suggestWord } from './suggest-word.ts';
import type { LineIndex } from './yaml/line-index.ts';

/** A stretch of the text, in offsets; every YAML node is one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a finding may carry besides its message. */
export interface FindingExtras {
  readonly severity?: Diagnostic['severity'];
  readonly related?: readonly (Span & { readonly message: string })[];
  readonly fix?: PlannedFix;
  /** Another repair; the only one where there is no `fix`. */
  readonly otherFix?: PlannedFix;
}

/** A mechanical repair, in offsets. */
export interface PlannedFix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** More than a person reads, and few enough for an editor to show. */
const maxDiagnostics = 500;
/** A message may quote what stands in the file, and that may be all of it. */
const maxMessage = 400;
/** A search for a similar word costs as much as there are words; a broken file of thousands needs no more. */
const maxSuggestions = 100;

/** Collects diagnostics. What is said twice about one place (an alias is read more than once) counts once. */
export class Reporter {
  readonly #lines: LineIndex;
  readonly #diagnostics = new Map<string, Diagnostic>();
  readonly #mutedLines = new Set<number>();
  readonly #mutedCodes = new Set<string>();
  #suggestions = 0;
  #errors = 0;

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  /** True when an error was reported. */
  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** True when nothing more is kept: a rule need not look for places any more. */
  get isFull(): boolean {
    return this.#diagnostics.size >= maxDiagnostics;
  }

  /** Drops what is reported from now on about the line of a place. */
  muteLineOf(offset: number): void {
    this.#mutedLines.add(this.#lines.positionOf(offset).line);
  }

  /** Drops what is reported from now on with a code. */
  muteCode(code: string): void {
    this.#mutedCodes.add(code);
  }

  /** Reports a finding at a place; an error unless `extras` says otherwise. */
  report(span: Span, code: string, words: string, extras: FindingExtras = {}): void {
    const message = words.length > maxMessage ? `${words.slice(0, maxMessage - 1)}…` : words;
    const severity = extras.severity ?? 'error';
    const isMuted =
      this.#mutedCodes.has(code) ||
      (this.#mutedLines.size > 0 && this.#mutedLines.has(this.#lines.positionOf(span.start).line));
    if (isMuted) return;
    if (severity === 'error') this.#errors += 1;
    const key = `${span.start}:${span.end}:${code}:${message}`;
    if (this.isFull || this.#diagnostics.has(key)) return;
    const related = extras.related?.map((place): RelatedPlace => {
      return { ...this.#lines.rangeOf(place.start, place.end), message: place.message };
    });
    const fix = this.#toFix(extras.fix ?? extras.otherFix);
    const otherFix = extras.fix === undefined ? undefined : this.#toFix(extras.otherFix);
    this.#diagnostics.set(key, {
      severity,
      code,
      message,
      ...this.#lines.rangeOf(span.start, span.end),
      ...(related === undefined ? {} : { related }),
      ...(fix === undefined ? {} : { fix }),
      ...(otherFix === undefined ? {} : { otherFix }),
    });
  }

  #toFix(fix: PlannedFix | undefined): DiagnosticFix | undefined {
    if (fix === undefined) return undefined;
    const edits = fix.edits.map(({ span: { start, end }, text }) => {
      return { range: this.#lines.rangeOf(start, end), text };
    });
    return { title: fix.title, edits };
  }

  /**
   * Reports a word that is not known, with "did you mean" and a replacement where a known one is near.
   * `known` may be a function, so that a list is made only when it is looked through. `span` is the word itself, without quotes around it if the replacement shall be exact.
   */
  reportWord(
    span: Span,
    code: string,
    message: string,
    word: string,
    known: Iterable<string> | (() => Iterable<string>),
    quote: (suggestion: string) => string = (suggestion) => suggestion,
    otherFix?: PlannedFix,
  ): void {
    const other = otherFix === undefined ? {} : { otherFix };
    this.#suggestions += 1;
    const suggestion =
      this.#suggestions > maxSuggestions
        ? null
        : suggestWord(word, typeof known === 'function' ? known() : known);
    if (suggestion === null) {
      this.report(span, code, message, other);
      return;
    }
    this.report(span, code, `${message}; did you mean \`${suggestion}\`?`, {
      fix: {
        title: `Change to "${suggestion}"`,
        edits: [{ span, text: quote(suggestion) }],
      },
      ...other,
    });
  }

  /** Everything that was reported, sorted by place. */
  finish(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()].sort(
      (left, right) =>
        left.line - right.line ||
        left.column - right.column ||
        left.endLine - right.endLine ||
        left.endColumn - right.endColumn ||
        (left.code < right.code ? -1 : left.code > right.code ? 1 : 0),
    );
  }
}
