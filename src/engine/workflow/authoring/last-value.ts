import type { Execution } from '../../../model/execution.ts';

/**
 * What a path of names (`inputs`, `version`) was in an execution; null where that is not known. Secrets are never
 * known: what an execution holds is masked already.
 */
export function lastValue(execution: Execution, path: readonly string[]): string | null {
  const [context = '', name = '', property = '', output = ''] = path;
  switch (context) {
    case 'inputs': {
      const value = find(execution.inputs, name);
      return value === undefined ? null : String(value);
    }
    case 'execution': {
      const known = { id: execution.id, agent: execution.agent, attempt: execution.attempt };
      const value = find(known, name);
      return value === undefined ? null : String(value);
    }
    case 'tasks':
      return taskValue(execution, name, property.toLowerCase(), output);
    default:
      return null;
  }
}

function taskValue(
  execution: Execution,
  id: string,
  property: string,
  output: string,
): string | null {
  const folded = id.toLowerCase();
  // Combinations of a matrix have a value each.
  const task = execution.tasks.find((one) => one.group === null && one.id.toLowerCase() === folded);
  if (task === undefined || task.attempt === 0) return null;
  switch (property) {
    case 'status':
      return task.status;
    case 'attempt':
      return String(task.attempt);
    case 'exit-code':
      return task.exitCode === null ? null : String(task.exitCode);
    case 'outputs':
      return find(task.outputs, output) ?? null;
    default:
      return null;
  }
}

/** Expressions find names without regard to case. */
function find<T>(record: Readonly<Record<string, T>>, wanted: string): T | undefined {
  const folded = wanted.toLowerCase();
  return Object.entries(record).find(([name]) => name.toLowerCase() === folded)?.[1];
}
