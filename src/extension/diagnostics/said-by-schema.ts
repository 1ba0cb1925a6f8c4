import { schemaCodes } from '../../engine/workflow/schema-codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** What every YAML tool says, schema or not. */
const ofYaml = new Set(['yaml-syntax', 'duplicate-key']);

/** True for what a tool that reads the schema says by itself. */
export function isSaidBySchema({ code }: Pick<Diagnostic, 'code'>): boolean {
  return schemaCodes.has(code) || ofYaml.has(code);
}

/** Whether the schema is offered for a file: the list in package.json is fixed, while ours follows a setting. */
export function hasSchema(path: string): boolean {
  return /^workflows\/.*\.ya?ml$/.test(path);
}
