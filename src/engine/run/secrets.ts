import { fail, ok, type Result } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';

/** The values of a workflow's secrets: from the store of secrets, else the environment. Code `bad-input`. */
export function collectSecrets(
  workflow: Workflow,
  sources: {
    readonly secrets?: Readonly<Record<string, string>>;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): Result<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const name of workflow.secrets) {
    const value = own(sources.secrets ?? {}, name) ?? own(sources.environment, name);
    // An empty variable is how many shells say that there is none.
    if (value === undefined || value === '') missing.push(name);
    else values[name] = value;
  }
  if (missing.length === 0) return ok(values);
  const names = missing.join(', ');
  return fail(
    'bad-input',
    missing.length === 1
      ? `the secret ${names} of "${workflow.agent}" has no value`
      : `the secrets ${names} of "${workflow.agent}" have no value`,
    'set it as an environment variable, or store it in the editor',
  );
}

function own(
  record: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
