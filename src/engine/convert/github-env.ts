import type { Draft } from './draft.ts';
import { rewriteTemplate, type GithubNames } from './github-expressions.ts';
import { textOf, type Data } from './read-data.ts';

/** The variables of a map; those that cannot be carried over are left out. */
export function convertEnv(
  draft: Draft,
  place: string,
  env: Data,
  names: GithubNames,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const rewritten = rewriteTemplate(textOf(value) ?? '', names);
    if (rewritten.ok) result[name] = rewritten.value;
    else draft.leave(`${place}.${name}`, `${rewritten.error}.`);
  }
  return result;
}
