import type { ErrorCode } from 'yaml';

/** What is wrong with the syntax, and what would be right. `found` is the text at the place. */
export function wordSyntaxError(
  code: ErrorCode,
  message: string,
  found: string,
): { readonly code: string; readonly message: string } {
  const wording = wordings[code] ?? patterns.find(([pattern]) => pattern.test(message))?.[1];
  if (code === 'TAG_RESOLVE_FAILED') return { code: 'yaml-tag', message: wordTag(found) };
  const plain = message.charAt(0).toLowerCase() + message.slice(1);
  return { code: 'yaml-syntax', message: wording ?? plain };
}

const wordings: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab cannot indent YAML; use spaces',
  BLOCK_AS_IMPLICIT_KEY: 'a key cannot stand here; a value with `: ` in it needs quotes',
  MULTILINE_IMPLICIT_KEY: 'a key must be on one line; is a `:` missing, or a quote?',
};

/** For what one code of the parser does not tell apart. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /must be sufficiently indented and end with a/,
    'a `[` or `{` before this is still open; is its `]` or `}` missing?',
  ],
  [
    /^Flow (sequence|map) .*must end with/,
    'a `[` or `{` before this is still open; is its `]` or `}` missing?',
  ],
  [/^Missing closing/, 'this quote is never closed'],
  [
    /^Unexpected .* at node end/,
    'this does not belong here; is a comma, a line break or a quote missing?',
  ],
  [/must start at the same column/, 'this is indented differently from what it stands beside'],
  [/^Implicit map keys need to be followed by map values/, 'a `:` is missing behind this key'],
  [/^Plain value cannot start with/, 'a value that starts like this needs quotes'],
];

function wordTag(found: string): string {
  const expression = /^!\s*(cancelled|failure|success|always|contains|[a-z]+\s*\()/i.test(found);
  if (expression) {
    return `YAML reads a leading "!" as a tag; write \`\${{ ${found} }}\``;
  }
  return `the tag "${found}" has no meaning in a workflow; remove it or quote the value`;
}
