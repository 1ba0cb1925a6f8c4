/** Which executions are wanted. */
import type { Timestamp } from '../../model/execution.ts';
import type { HistoryEntry } from './history-entry.ts';

/** All that is given must be true. */
export interface HistoryQuery {
  readonly agent?: string;
  /** One of them. */
  readonly statuses?: readonly string[];
  /** Created at this time (ISO 8601, UTC, milliseconds) or later. */
  readonly since?: Timestamp;
  /** Created before this time. */
  readonly until?: Timestamp;
  /** Words that all stand somewhere in the id, agent, name, message, inputs, tasks or first failure; case does not matter. */
  readonly text?: string;
}

/** Whether an entry is wanted. */
export function matchesQuery(entry: HistoryEntry, query: HistoryQuery): boolean {
  const { agent, statuses, since, until, text } = query;
  if (agent !== undefined && entry.agent !== agent) return false;
  if (statuses !== undefined && statuses.length > 0 && !statuses.includes(entry.status)) {
    return false;
  }
  if (since !== undefined && entry.createdAt < since) return false;
  if (until !== undefined && entry.createdAt >= until) return false;
  return text === undefined || hasWords(entry, wordsOf(text));
}

/** A quick look at stored lines: false only when none of them can match, before anything is parsed. */
export function segmentFilter(query: HistoryQuery): (text: string) => boolean {
  const { agent, statuses, text } = query;
  const agentPart = agent === undefined ? null : `"agent":${JSON.stringify(agent)}`;
  const statusParts = (statuses ?? []).map((status) => `"status":"${status}"`);
  // What JSON writes in another way cannot be found without parsing.
  const words = wordsOf(text ?? '').filter((word) => JSON.stringify(word) === `"${word}"`);
  return (stored) => {
    if (agentPart !== null && !stored.includes(agentPart)) return false;
    if (statusParts.length > 0 && !statusParts.some((part) => stored.includes(part))) return false;
    if (words.length === 0) return true;
    const lower = stored.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function hasWords(entry: HistoryEntry, words: readonly string[]): boolean {
  const { id, agent, name, message, inputs, tasks, failed } = entry;
  const tasksText = tasks.map(([task]) => task).join(' ');
  const failure = failed === null ? '' : `${failed.task} ${failed.message ?? ''}`;
  const text = [id, agent, name, message ?? '', inputs, tasksText, failure].join('\n');
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
