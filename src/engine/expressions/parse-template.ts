import { err, ok, type Result } from '../../model/result.ts';

/** A piece of a template: text as it is, or the inside of a `${{ }}`. Offsets are those of the template. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'expression';
      /** Between `${{` and `}}`, as written. */
      readonly source: string;
      /** Where `source` starts. */
      readonly sourceStart: number;
      /** Where `${{` starts. */
      readonly start: number;
      /** After `}}`. */
      readonly end: number;
    };

/** A `${{` without its `}}`. */
export interface UnclosedExpression {
  readonly start: number;
}

/** Splits a text at its `${{ }}`. A `}}` inside a quoted text of the expression does not end it. */
export function parseTemplate(
  template: string,
): Result<readonly TemplatePart[], UnclosedExpression> {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let open = template.indexOf('${{'); open !== -1; open = template.indexOf('${{', from)) {
    const sourceStart = open + 3;
    const close = findClose(template, sourceStart);
    if (close === -1) return err({ start: open });
    if (open > from) parts.push({ kind: 'text', text: template.slice(from, open) });
    const source = template.slice(sourceStart, close);
    parts.push({ kind: 'expression', source, sourceStart, start: open, end: close + 2 });
    from = close + 2;
  }
  if (from < template.length) parts.push({ kind: 'text', text: template.slice(from) });
  return ok(parts);
}

/** The inside of the one `${{ }}` a text consists of; the text itself when it has none; null when mixed. */
export function readCondition(
  text: string,
): { readonly source: string; readonly start: number } | null {
  const trimmedStart = text.length - text.trimStart().length;
  if (!text.includes('${{')) return { source: text, start: 0 };
  const parsed = parseTemplate(text.trim());
  const [only, second] = parsed.ok ? parsed.value : [];
  if (only?.kind !== 'expression' || second !== undefined) return null;
  return { source: only.source, start: trimmedStart + only.sourceStart };
}

function findClose(template: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < template.length; at += 1) {
    const found = template.charAt(at);
    if (found === "'") isQuoted = !isQuoted;
    else if (!isQuoted && found === '}' && template.charAt(at + 1) === '}') return at;
  }
  return -1;
}
