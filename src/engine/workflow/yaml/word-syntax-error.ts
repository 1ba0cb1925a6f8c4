import type { ErrorCode } from 'yaml';

/** What is wrong with the syntax, and what would be right. `found` is the text at the place. */
export function wordSyntaxError(
  code: ErrorCode,
  message: string,
  found: string,
): { readonly code: string; readonly message: string } {
  const wording = wordings[code];
  if (code === 'TAG_RESOLVE_FAILED') return { code: 'yaml-tag', message: wordTag(found) };
  const plain = message.charAt(0).toLowerCase() + message.slice(1);
  return { code: 'yaml-syntax', message: wording ?? plain };
}

const wordings: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab cannot indent YAML; use spaces',
  BLOCK_AS_IMPLICIT_KEY: 'a key cannot stand here; a value with `: ` in it needs quotes',
  MULTILINE_IMPLICIT_KEY: 'a key must be on one line; is a `:` missing, or a quote?',
};

function wordTag(found: string): string {
  const expression = /^!\s*(cancelled|failure|success|always|contains|[a-z]+\s*\()/i.test(found);
  if (expression) {
    return `YAML reads a leading "!" as a tag; write \`\${{ ${found} }}\``;
  }
  return `the tag "${found}" has no meaning in a workflow; remove it or quote the value`;
}
