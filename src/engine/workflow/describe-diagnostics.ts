import type { Diagnostic } from '../../model/diagnostic.ts';

/** Diagnostics as plain text, `workflows/x.yaml:3:5 unknown key …`, one a line; warnings say so. */
export function describeDiagnostics(path: string, diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ line, column, severity, message }) => {
      const kind = severity === 'error' ? '' : `${severity}: `;
      return `${path}:${line}:${column} ${kind}${toOneLine(message)}`;
    })
    .join('\n');
}

/** Columns of a source line that a terminal shows; a longer one is cut around the place. */
const maxWidth = 100;

/**
 * A diagnostic for a terminal: the place and message, the source line, and carets under what it is about. Wide and
 * combining characters are counted as one column, tabs become blanks.
 */
export function renderDiagnostic(text: string, diagnostic: Diagnostic, path = ''): string {
  const { line, column, endLine, endColumn } = diagnostic;
  const lines = text.split('\n');
  const source = (lines[line - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ');
  const from = Math.min(column - 1, source.length);
  const to = endLine > line ? source.length : Math.min(endColumn - 1, source.length);
  const start = from > maxWidth - 20 ? from - 40 : 0;
  const shown = source.slice(start, start + maxWidth);
  const width = Math.max(1, Math.min(to, start + maxWidth) - from);
  const gutter = String(line);
  const blank = ' '.repeat(gutter.length);
  return [
    describeDiagnostics(path, [diagnostic]),
    `${gutter} | ${toPrintable(shown)}`,
    `${blank} | ${' '.repeat(from - start)}${'^'.repeat(width)}`,
    ...(diagnostic.related ?? []).map((place) => {
      return `${blank} = ${place.line}:${place.column} ${toOneLine(place.message)}`;
    }),
  ].join('\n');
}

function toOneLine(message: string): string {
  return toPrintable(message.replace(/\s*[\r\n]+\s*/g, ' '));
}

/** A file may hold what moves a terminal's cursor; shown it does not. */
function toPrintable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
