/** What an entry of tasks.json says about a workflow. */
export interface TaskDefinition {
  readonly agent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Reads an entry; null when it names no agent. Inputs that are no object count as none. */
export function readTaskDefinition(
  definition: Readonly<Record<string, unknown>>,
): TaskDefinition | null {
  const { agent, inputs } = definition;
  if (typeof agent !== 'string' || agent === '') return null;
  return { agent, inputs: isRecord(inputs) ? inputs : {} };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
