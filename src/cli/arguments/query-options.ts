import type { HistoryQuery } from '../../engine/history/history-query.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { executionStatuses } from '../../model/status.ts';
import type { OptionSpec } from '../command.ts';
import type { Arguments } from './arguments.ts';
import { didYouMean } from './nearest-word.ts';
import { parseMoment } from './parse-moment.ts';

/** Options that choose executions. */
export const queryOptions: readonly OptionSpec[] = [
  { name: 'agent', short: 'a', value: 'AGENT', about: 'Only this agent' },
  {
    name: 'status',
    short: 's',
    value: 'STATUS',
    isRepeatable: true,
    about: 'Only executions with this status; may be given more than once',
  },
  {
    name: 'since',
    value: 'TIME',
    about: 'Only those created at this date or time, or at most this long ago (7d, 36h)',
  },
  { name: 'until', value: 'TIME', about: 'Only those created before' },
  {
    name: 'text',
    short: 't',
    value: 'WORDS',
    about: 'Only those with all these words in id, agent, name, message, inputs or tasks',
  },
];

/** What the options choose. Code `usage`. */
export function readQuery(given: Arguments, nowMs: number): Result<HistoryQuery> {
  const statuses = statusesOf(given);
  if (!statuses.ok) return statuses;
  const query: { -readonly [Key in keyof HistoryQuery]: HistoryQuery[Key] } = {};
  if (statuses.value.length > 0) query.statuses = statuses.value;
  const agent = given.value('agent');
  if (agent !== undefined) query.agent = agent;
  for (const name of ['since', 'until'] as const) {
    const text = given.value(name);
    if (text === undefined) continue;
    const moment = parseMoment(`--${name}`, text, nowMs);
    if (!moment.ok) return moment;
    query[name] = moment.value;
  }
  const text = given.value('text');
  if (text !== undefined) query.text = text;
  return ok(query);
}

function statusesOf(given: Arguments): Result<readonly string[]> {
  const words = given.values('status').flatMap((word) => word.split(','));
  const known: readonly string[] = executionStatuses;
  for (const word of words) {
    if (known.includes(word)) continue;
    const near = didYouMean(word, known);
    return fail('usage', `unknown status "${word}"${near || `; one of ${known.join(', ')}`}`);
  }
  return ok(words);
}
