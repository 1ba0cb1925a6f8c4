/**
 * Reads the text of a `.env` file: `NAME=value` lines, `export` in front allowed, `#` comments, values bare, in
 * 'single' quotes (as they are) or "double" quotes (with \n, \t, \", \\); quoted values may span lines. Nothing in a
 * value is expanded or executed. A line that is none of these is ignored.
 */
export function parseDotenv(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const match of text.replace(/^\uFEFF/, '').matchAll(line)) {
    const [, name, single, double, bare] = match;
    if (name === undefined) continue;
    values[name] = single ?? (double === undefined ? bareValue(bare ?? '') : unescape(double));
  }
  return values;
}

const line =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^\r\n]*))/gm;

function bareValue(text: string): string {
  // A comment needs a space before it, so that `color=#fff` and URLs with a fragment stay whole.
  return text.replace(/(^|[ \t])#.*$/, '').trim();
}

function unescape(text: string): string {
  return text.replace(/\\([^])/g, (whole, letter: string) => escapes[letter] ?? whole);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  $: '$',
};
