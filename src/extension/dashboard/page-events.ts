import type { Execution } from '../../model/execution.ts';
import {
  maxEvents,
  type DataValue,
  type DataValues,
  type EventRow,
  type EventsPage,
} from '../../protocol/events-messages.ts';
import { maxMessageBytes, maxText } from '../../protocol/limits.ts';
import { describeEvent } from './describe-event.ts';
import { fitText, jsonBytes } from './fit-text.ts';
import type { NumberedEvent } from '../../engine/store/journal-events.ts';
import { inEnglishWords, type Words } from './words.ts';

const budget = maxMessageBytes - 1024;

/** The last events before `before` (null: of all), as many as fit into a message. */
export function pageEvents(
  events: readonly NumberedEvent[],
  before: number | null,
  words: Words = inEnglishWords,
): EventsPage {
  const earlier = before === null ? events : events.filter(({ seq }) => seq < before);
  const rows: EventRow[] = [];
  let left = budget;
  for (const event of earlier.slice(-maxEvents).reverse()) {
    const row = describeEvent(event, words);
    left -= jsonBytes(row) + 1;
    if (left < 0) break;
    rows.push(row);
  }
  return {
    events: rows.reverse(),
    total: events.length,
    isFirst: rows.length === earlier.length,
  };
}

/** Inputs, outputs, and what came out of each task, as much as fits into a message. */
export function toDataValues(execution: Execution): DataValues {
  const all: DataValue[] = [
    ...toValues('input', null, execution.inputs),
    ...toValues('output', null, execution.outputs),
    ...execution.tasks.flatMap((task) => toValues('task-output', task.name, task.outputs)),
  ];
  const values: DataValue[] = [];
  let left = budget;
  for (const value of all.slice(0, 500)) {
    left -= jsonBytes(value) + 1;
    if (left < 0) break;
    values.push(value);
  }
  return { values, more: all.length - values.length };
}

function toValues(
  kind: DataValue['kind'],
  task: string | null,
  values: Readonly<Record<string, unknown>>,
): readonly DataValue[] {
  return Object.entries(values).map(([name, raw]) => {
    const value = String(raw);
    return {
      kind,
      task: task === null ? null : fitText(task, maxText.id),
      name: fitText(name, maxText.id),
      value: fitText(value, 2000),
      isCut: value.length > 2000,
    };
  });
}
