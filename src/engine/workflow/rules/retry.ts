import { parseDuration } from '../../../model/duration.ts';
import type { Reporter } from '../reporter.ts';
import { scalarsOf } from '../workflow-source.ts';
import { entryOf, valueOf, type YamlNode } from '../yaml/yaml-node.ts';
import type { Rule } from './rule.ts';

/** Failures that another attempt may get over. */
export const retryReasons = ['exit', 'signal', 'timeout', 'spawn', 'output', 'internal'] as const;

/** What is retried exists, and the waits fit each other. */
export const retry: Rule = {
  codes: ['bad-retry'],
  check({ source }, reporter) {
    const defaults = source.entries.get('defaults')?.value;
    checkRetry(valueOf(defaults, 'retry'), reporter);
    for (const task of source.tasks) checkRetry(task.entries.get('retry')?.value, reporter);
  },
};

function checkRetry(node: YamlNode | undefined, reporter: Reporter): void {
  if (node?.kind !== 'map') return;
  for (const item of scalarsOf(valueOf(node, 'on'))) {
    if (typeof item.value === 'number') {
      const isCode = Number.isInteger(item.value) && item.value >= 1 && item.value <= 0xffffffff;
      const message = `${item.text} is no exit code of a failure`;
      if (!isCode) reporter.report(item, 'bad-retry', message);
    } else if (!retryReasons.some((reason) => reason === item.text)) {
      const message = `"${item.text}" is neither an exit code nor one of ${retryReasons.join(', ')}`;
      reporter.reportWord(item, 'bad-retry', message, item.text, retryReasons);
    }
  }
  const delay = durationOf(valueOf(node, 'delay'));
  const longest = entryOf(node, 'max-delay');
  const longestMs = durationOf(longest?.value);
  if (longest !== undefined && delay !== null && longestMs !== null && longestMs < delay) {
    reporter.report(longest.value, 'bad-retry', '`max-delay` is shorter than `delay`');
  }
}

function durationOf(node: YamlNode | undefined): number | null {
  if (node?.kind !== 'scalar') return null;
  const parsed = parseDuration(node.text);
  return parsed.ok ? parsed.value : null;
}
