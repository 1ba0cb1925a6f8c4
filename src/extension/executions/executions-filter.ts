import type { Execution } from '../../model/execution.ts';
import type { ListFilter } from '../../protocol/list-messages.ts';
import { filterOf } from '../dashboard/execution-facts.ts';
import { wordForStatus } from '../status-words.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** States that the executions view can be narrowed to: those of the dashboard's chips. */
export const filterStates = [
  'running',
  'waiting',
  'stuck',
  'failed',
  'succeeded',
  'cancelled',
] as const satisfies readonly Exclude<ListFilter, 'all'>[];

/** One of them. */
export type FilterState = (typeof filterStates)[number];

/** What the executions view is narrowed to; an empty list narrows nothing. */
export interface ExecutionsFilter {
  readonly states: readonly FilterState[];
  readonly agents: readonly string[];
}

/** Everything is shown. */
export const noFilter: ExecutionsFilter = { states: [], agents: [] };

/** True when the filter hides anything. */
export function isNarrowing({ states, agents }: ExecutionsFilter): boolean {
  return states.length + agents.length > 0;
}

/** Whether an execution is one of those that are wanted. What ran in place of an agent counts as both. */
export function isWanted(
  { states, agents }: ExecutionsFilter,
  execution: Execution,
  isStuck: boolean,
): boolean {
  const { agent, fallback } = execution;
  const isOfAgent =
    agents.length === 0 ||
    agents.includes(agent) ||
    (fallback !== null && agents.includes(fallback.for));
  const isInState =
    states.length === 0 ||
    states.includes(filterOf(execution)) ||
    (isStuck && states.includes('stuck'));
  return isOfAgent && isInState;
}

/** The filter in few words, for the title of the view; empty when there is none. */
export function describeFilter(
  { states, agents }: ExecutionsFilter,
  t: Translate = inEnglish,
): string {
  const shown = agents.length > 2 ? [t('{0} agents', agents.length)] : agents;
  return [states.map((state) => wordForFilter(state, t)).join(', '), shown.join(', ')]
    .filter(Boolean)
    .join(' · ');
}

/** A state of the filter as a person reads it. */
export function wordForFilter(state: FilterState, t: Translate): string {
  return state === 'stuck' ? t('stuck') : wordForStatus(state, t);
}

/** A filter that was kept; what is none counts as no filter. */
export function readFilter(kept: unknown): ExecutionsFilter {
  if (typeof kept !== 'object' || kept === null) return noFilter;
  const { states, agents } = kept as Partial<Record<keyof ExecutionsFilter, unknown>>;
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const named = texts(states);
  return { states: filterStates.filter((state) => named.includes(state)), agents: texts(agents) };
}
