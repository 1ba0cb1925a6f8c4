import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Look } from './describe-status.ts';
import { textWidth, truncate } from './text-width.ts';

/** A message with its place, the line of the file, and a caret under what is meant. */
export function renderDiagnostic(
  path: string,
  diagnostic: Diagnostic,
  source: string,
  look: Look,
  columns: number,
): string[] {
  const { paint } = look;
  const { line, column, endLine, endColumn, severity, message, code } = diagnostic;
  const place = `${path}:${String(line)}:${String(column)}`;
  const style = severity === 'error' ? 'red' : severity === 'warning' ? 'yellow' : 'blue';
  const lines = [
    `${paint('bold', place)} ${paint(style, severity)} ${message} ${paint('dim', `[${code}]`)}`,
  ];
  const text = source.split(/\r?\n/)[line - 1];
  if (text !== undefined && text.trim() !== '') {
    const number = String(line);
    const gutter = ' '.repeat(number.length);
    // A long line is shown from near the place on.
    const from = column > columns - 20 ? column - 20 : 0;
    const visible = truncate(
      text.slice(from).replaceAll('\t', ' '),
      Math.max(20, columns - gutter.length - 6),
      look.glyphs.ellipsis,
    );
    const before = textWidth(text.slice(from, column - 1).replaceAll('\t', ' '));
    const end = endLine === line ? endColumn : text.length + 1;
    const length = Math.max(1, textWidth(text.slice(column - 1, end - 1)));
    const room = Math.max(1, textWidth(visible) - before);
    const caret = '^'.repeat(Math.min(length, room));
    lines.push(
      paint('dim', `  ${number} | `) + visible,
      paint('dim', `  ${gutter} | `) + ' '.repeat(before) + paint(style, caret),
    );
  }
  for (const related of diagnostic.related ?? []) {
    lines.push(
      paint(
        'dim',
        `  ${path}:${String(related.line)}:${String(related.column)} ${related.message}`,
      ),
    );
  }
  return lines;
}
