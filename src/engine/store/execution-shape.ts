/**
 * Checks what stands in the view file before anybody trusts it: the file may come from an editor, a merge or another
 * version. The tables name every field, so a field that is added to the model must be added here.
 */
import type { Attempt, Execution, TaskExecution } from '../../model/execution.ts';
import { executionStatuses, failureReasons, taskStatuses } from '../../model/status.ts';
import { isSafeId } from './state-folder.ts';

type Check = (value: unknown) => boolean;

/** A field: its check, and what stands for it where it is absent (then it may be). */
interface Field {
  readonly is: Check;
  readonly absent?: unknown;
}

type Shape<T> = { readonly [K in keyof T]-?: Field };

/** The execution if it is one, with absent fields filled in; null otherwise. A complete one is returned as it is. */
export function toExecution(value: unknown): Execution | null {
  return fill<Execution>(value, executionShape);
}

/** Whether a field of an execution is one of ours; others are carried along. */
export function isExecutionField(name: string): boolean {
  return Object.hasOwn(executionShape, name);
}

/** Whether a field of a task is one of ours. */
export function isTaskField(name: string): boolean {
  return Object.hasOwn(taskShape, name);
}

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber: Check = (value) => typeof value === 'number';
const isTime: Check = (value) => isText(value) && !Number.isNaN(Date.parse(value as string));
const isScalar: Check = (value) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const orNull =
  (is: Check): Check =>
  (value) =>
    value === null || is(value);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const listOf =
  (is: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(is);
const mapOf =
  (is: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(is);
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, is]) => is(value[name]));

const must = (is: Check): Field => ({ is });
const nullable = (is: Check): Field => ({ is: orNull(is), absent: null });
/** A field that stays absent. */
const optional = (is: Check): Field => ({ is: (value) => value === undefined || is(value) });
const may = (is: Check, absent: unknown): Field => ({ is, absent });

const attemptShape: Shape<Attempt> = {
  attempt: must(isCount),
  status: must(oneOf(...taskStatuses)),
  reason: nullable(oneOf(...failureReasons)),
  message: nullable(isText),
  exitCode: nullable(isNumber),
  signal: nullable(isText),
  startedAt: must(isTime),
  finishedAt: nullable(isTime),
  log: must(isText),
  pid: nullable(isCount),
  processStartTime: nullable(isText),
};

const taskShape: Shape<TaskExecution> = {
  id: must(isText),
  name: must(isText),
  kind: must(oneOf('run', 'uses', 'approval', 'http')),
  group: nullable(isText),
  matrix: nullable(mapOf(isScalar)),
  needs: may(listOf(isText), []),
  isFinally: may(isFlag, false),
  continueOnError: may(isFlag, false),
  status: must(oneOf(...taskStatuses)),
  reason: nullable(oneOf(...failureReasons)),
  message: nullable(isText),
  attempt: may(isCount, 0),
  attempts: may(
    listOf((value) => isComplete<Attempt>(value, attemptShape)),
    [],
  ),
  startedAt: nullable(isTime),
  finishedAt: nullable(isTime),
  exitCode: nullable(isNumber),
  outputs: may(mapOf(isText), {}),
  lastOutputAt: nullable(isTime),
  nextAttemptAt: nullable(isTime),
  question: nullable(isText),
  approval: nullable(record({ decision: oneOf('approved', 'rejected'), by: isText, at: isTime })),
  child: nullable(isText),
  timeoutMs: nullable(isNumber),
  stuckAfterMs: nullable(isNumber),
};

const executionShape: Shape<Execution> = {
  id: must((value) => isText(value) && isSafeId(value as string)),
  agent: must(isText),
  name: must(isText),
  status: must(oneOf(...executionStatuses)),
  reason: nullable(oneOf(...failureReasons)),
  message: nullable(isText),
  trigger: may(record({ kind: isText, source: isText }), { kind: 'manual', source: 'api' }),
  inputs: may(mapOf(isScalar), {}),
  workflow: must(record({ path: isText, hash: orNull(isText) })),
  git: optional(record({ branch: orNull(isText), commit: orNull(isText) })),
  createdAt: must(isTime),
  startedAt: nullable(isTime),
  finishedAt: nullable(isTime),
  attempt: may(isCount, 1),
  parent: nullable(record({ execution: isText, task: isText })),
  owner: nullable(
    record({
      pid: isCount,
      startTime: orNull(isText),
      host: isText,
      boot: orNull(isText),
      pidNamespace: orNull(isText),
    }),
  ),
  fallback: nullable(record({ for: isText, reason: isText })),
  request: nullable(record({ type: oneOf('cancel', 'kill'), by: isText, at: isTime })),
  concurrency: nullable(record({ group: isText, onConflict: isText })),
  outputs: may(mapOf(isText), {}),
  tasks: must(listOf((value) => isComplete<TaskExecution>(value, taskShape))),
  epoch: may(isCount, 0),
  seq: may(isCount, 0),
};

function fill<T extends object>(value: unknown, shape: Shape<T>): T | null {
  if (!isRecord(value)) return null;
  let filled: Record<string, unknown> | null = null;
  for (const name in shape) {
    const field = shape[name];
    const found = value[name];
    if (found === undefined && 'absent' in field) {
      filled ??= { ...value };
      filled[name] = field.absent;
    } else if (!field.is(found)) {
      return null;
    }
  }
  return (filled ?? value) as T;
}

/** With every field: a list is not copied to fill in what is absent. */
function isComplete<T extends object>(value: unknown, shape: Shape<T>): boolean {
  return value !== null && fill<T>(value, shape) === value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
