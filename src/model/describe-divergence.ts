import type { ComparedSide, ComparedTask, Comparison } from './compare-executions.ts';

/** Where two executions went apart, in one or two sentences for a person. */
export function describeDivergence(comparison: Comparison): string {
  const { divergence, values } = comparison;
  const conditions = describeConditions(comparison);
  if (divergence !== null) {
    // Another version gives another file: what a person looks for is where it went wrong.
    const turn = comparison.tasks.find(({ difference }) => difference === 'status');
    const isLater = divergence.difference !== 'status' && turn !== undefined;
    const words = isLater ? `The first that ended otherwise is ${describeEnds(turn)}` : null;
    const parts = [firstDifference(divergence), words, conditions];
    return parts.filter((part) => part !== null).join(' ');
  }
  const isSame = values.length === 0 && comparison.isSameWorkflow !== false;
  const start = 'Every task went the same way in both.';
  return isSame || conditions === null ? start : `${start} ${conditions}`;
}

function firstDifference(task: ComparedTask): string {
  const { name, difference, outputs } = task;
  switch (difference) {
    case 'only-before':
      return `They part at ${name}: the later execution has no such task.`;
    case 'only-after':
      return `They part at ${name}: the earlier execution has no such task.`;
    case 'outputs':
      return `They part at ${name}: it ended alike, but with another ${listNames(outputs)}.`;
    case 'status':
    case null:
      return `They part at ${describeEnds(task)}`;
  }
}

function describeEnds({ name, before, after }: ComparedTask): string {
  return `${name}: it ${wordsOf(after)} now, and ${wordsOf(before)} before.`;
}

/** What was not the same when they began. */
function describeConditions({ values, isSameWorkflow }: Comparison): string | null {
  const inputs = values.filter(({ kind }) => kind === 'input').map(({ name }) => name);
  const source = values.filter(({ kind }) => kind === 'source').map(({ name }) => `the ${name}`);
  const parts = [
    ...source,
    ...(inputs.length === 0
      ? []
      : [`the ${inputs.length === 1 ? 'input' : 'inputs'} ${listNames(inputs)}`]),
    ...(isSameWorkflow === false ? ['the workflow file'] : []),
  ];
  return parts.length === 0 ? null : `They began with a difference in ${parts.join(' and ')}.`;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${String(names.length - 3)} more` : shown;
}

function wordsOf(side: ComparedSide | null): string {
  if (side === null) return 'was not there';
  switch (side.status) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return side.message === null ? 'failed' : `failed (${firstLine(side.message)})`;
    case 'skipped':
      return 'was skipped';
    case 'cancelled':
      return 'was cancelled';
    case 'interrupted':
      return 'was interrupted';
    case 'pending':
      return 'has not begun';
    case 'running':
    case 'retrying':
    case 'cancelling':
      return 'is under way';
    case 'waiting':
      return 'waits for an approval';
  }
}

function firstLine(message: string): string {
  const line = (message.split('\n')[0] ?? '').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
