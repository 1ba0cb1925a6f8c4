/** A place in a file that a text names: the characters from `start` to `end`. */
export interface FileLink {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * The places in files that a line of a log names, as compilers, test runners and stack traces write them:
 * `src/a.ts:3:14`, `src/a.ts(3,14)`, `File "a.py", line 3`. Whether there is such a file is found out by the click.
 */
export function findLinks(text: string): readonly FileLink[] {
  // Without a digit after one of these there is none, and most lines have none.
  if (!/[:(]\d|line \d/.test(text)) return [];
  const links: FileLink[] = [];
  for (const match of text.matchAll(place)) {
    const [whole, quoted, quotedLine, path, line, column, callLine, callColumn] = match;
    const name = quoted ?? path;
    if (name === undefined || /^(?!file:)\w+:\/\//.test(name) || name.startsWith('//')) continue;
    links.push({
      start: match.index,
      end: match.index + whole.length,
      path: name,
      line: Number(quotedLine ?? line ?? callLine ?? 1),
      column: Number(column ?? callColumn ?? 1),
    });
  }
  return links;
}

const place = new RegExp(
  [
    '"([^"\\n]{1,300}\\.\\w{1,8})", line (\\d{1,7})',
    '((?:file://)?(?:[A-Za-z]:[\\\\/])?[\\w@~+./\\\\-]{0,300}[\\w@~+-]\\.[A-Za-z]\\w{0,7})' +
      '(?::(\\d{1,7})(?::(\\d{1,6}))?|\\((\\d{1,7})(?:,\\s?(\\d{1,6}))?\\))',
  ].join('|'),
  'g',
);
