import type { ComparedSide, ComparedTask, Comparison } from './compare-executions.ts';
import { inEnglish, type Translate } from './translate.ts';

/** Where two executions went apart, in one or two sentences for a person. */
export function describeDivergence(comparison: Comparison, t: Translate = inEnglish): string {
  const { divergence, values } = comparison;
  const conditions = describeConditions(comparison, t);
  if (divergence !== null) {
    // Another version gives another file: what a person looks for is where it went wrong.
    const turn = comparison.tasks.find(({ difference }) => difference === 'status');
    const isLater = divergence.difference !== 'status' && turn !== undefined;
    const words = isLater
      ? t(
          'The first that ended otherwise is {0}: it {1} now, and {2} before.',
          ...describeEnds(turn, t),
        )
      : null;
    const parts = [firstDifference(divergence, t), words, conditions];
    return parts.filter((part) => part !== null).join(' ');
  }
  const isSame = values.length === 0 && comparison.isSameWorkflow !== false;
  const start = t('Every task went the same way in both.');
  return isSame || conditions === null ? start : `${start} ${conditions}`;
}

function firstDifference(task: ComparedTask, t: Translate): string {
  const { name, difference, outputs } = task;
  switch (difference) {
    case 'only-before':
      return t('They part at {0}: the later execution has no such task.', name);
    case 'only-after':
      return t('They part at {0}: the earlier execution has no such task.', name);
    case 'outputs':
      return t(
        'They part at {0}: it ended alike, but with another {1}.',
        name,
        listNames(outputs, t),
      );
    case 'status':
    case null:
      return t('They part at {0}: it {1} now, and {2} before.', ...describeEnds(task, t));
  }
}

function describeEnds({ name, before, after }: ComparedTask, t: Translate): readonly string[] {
  return [name, wordsOf(after, t), wordsOf(before, t)];
}

/** What was not the same when they began. */
function describeConditions({ values, isSameWorkflow }: Comparison, t: Translate): string | null {
  const inputs = values.filter(({ kind }) => kind === 'input').map(({ name }) => name);
  const source = values.filter(({ kind }) => kind === 'source');
  const names = listNames(inputs, t);
  const parts = [
    ...source.map(({ name }) => (name === 'branch' ? t('the branch') : t('the commit'))),
    ...(inputs.length === 0
      ? []
      : [inputs.length === 1 ? t('the input {0}', names) : t('the inputs {0}', names)]),
    ...(isSameWorkflow === false ? [t('the workflow file')] : []),
  ];
  if (parts.length === 0) return null;
  return t('They began with a difference in {0}.', parts.join(` ${t('and')} `));
}

function listNames(names: readonly string[], t: Translate): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? t('{0} and {1} more', shown, names.length - 3) : shown;
}

function wordsOf(side: ComparedSide | null, t: Translate): string {
  if (side === null) return t('was not there');
  switch (side.status) {
    case 'succeeded':
      return t('succeeded');
    case 'failed':
      return side.message === null ? t('failed') : t('failed ({0})', firstLine(side.message));
    case 'skipped':
      return t('was skipped');
    case 'cancelled':
      return t('was cancelled');
    case 'interrupted':
      return t('was interrupted');
    case 'pending':
      return t('has not begun');
    case 'running':
    case 'retrying':
    case 'cancelling':
      return t('is under way');
    case 'waiting':
      return t('waits for an approval');
  }
}

function firstLine(message: string): string {
  const line = (message.split('\n')[0] ?? '').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
