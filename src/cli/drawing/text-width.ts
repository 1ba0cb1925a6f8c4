import { stripVTControlCharacters } from 'node:util';

/** One line of foreign text made safe for one row of a terminal: no escapes, no control characters, tabs as blanks. */
export function cleanLine(text: string): string {
  // What a carriage return would have overwritten is not shown, as on a terminal (progress bars).
  const visible = text.replace(/\r+$/, '');
  const line = visible.slice(visible.lastIndexOf('\r') + 1);
  if (!unprintable.test(line)) return line;
  return stripVTControlCharacters(line).replaceAll('\t', '  ').replace(allUnprintable, '');
}

/** Whether `cleanLine` would leave all lines of a text as they are. */
export function isPrintable(text: string): boolean {
  return !unprintableInText.test(text);
}

const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const unprintableInText =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const allUnprintable = new RegExp(unprintable, 'g');

/** Columns a text takes; colour codes take none, wide characters two. */
export function textWidth(text: string): number {
  const plain = text.includes('\u001b') ? stripVTControlCharacters(text) : text;
  let width = 0;
  for (const character of plain) width += characterWidth(character.codePointAt(0) ?? 0);
  return width;
}

/** At most `width` columns of a text without colours; what is left out is marked by the ellipsis. */
export function truncate(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (textWidth(text) <= width) return text;
  const room = width - textWidth(ellipsis);
  if (room < 0) return ellipsis.slice(0, width);
  let taken = '';
  let used = 0;
  for (const character of text) {
    used += characterWidth(character.codePointAt(0) ?? 0);
    if (used > room) break;
    taken += character;
  }
  return taken + ellipsis;
}

/** A text filled with blanks up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Rough ranges of what terminals draw with no width or over two columns; exact tables are not worth their size here. */
function characterWidth(code: number): number {
  if (code < 0x300) return code < 32 || (code >= 0x7f && code < 0xa0) ? 0 : 1;
  const isMark =
    code <= 0x36f ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x20d0 && code <= 0x20ff) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0xe0100 && code <= 0xe01ef);
  if (isMark) return 0;
  const isWide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f680 && code <= 0x1f6ff) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return isWide ? 2 : 1;
}

/** As `truncate`, for a text with colour codes, which are kept up to the cut and then ended. */
export function truncateColored(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  const room = Math.max(0, width - textWidth(ellipsis));
  let taken = '';
  let used = 0;
  for (const [piece] of text.matchAll(/\u001b\[[0-9;]*m|[^]/gu)) {
    if (piece.length > 2) {
      taken += piece;
      continue;
    }
    used += characterWidth(piece.codePointAt(0) ?? 0);
    if (used > room) break;
    taken += piece;
  }
  const reset = text.includes('\u001b') ? '\u001b[0m' : '';
  return taken + ellipsis + reset;
}
