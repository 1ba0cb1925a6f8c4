import type { Attempt, Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import {
  maxNeeds,
  type AttemptRow,
  type DetailHead,
  type NamedValue,
  type TaskRow,
} from '../../protocol/detail-messages.ts';
import { maxText } from '../../protocol/limits.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { actionsOf, countTasks } from './execution-facts.ts';
import { fitText, jsonBytes, toMs, toMsOrNull } from './fit-text.ts';
import { asRecorded, type Tell } from '../../model/tell-message.ts';

/** The head of the detail view. */
export function toDetailHead(
  item: FolderExecution,
  verdicts: readonly StuckVerdict[],
  isTrusted: boolean,
  tell: Tell = asRecorded,
): DetailHead {
  const { execution } = item;
  const { fallback, git, parent } = execution;
  const fit = (text: string | null): string | null => text && fitText(text, maxText.id);
  const head: DetailHead = {
    id: fitText(execution.id, maxText.id),
    agent: fitText(execution.agent, maxText.id),
    name: fitText(execution.name, maxText.name),
    folder: fitText(item.folder, maxText.name),
    status: execution.status,
    reason: execution.reason,
    message: fitMessage(execution.message && tell(execution.message)),
    trigger: { kind: execution.trigger.kind, source: execution.trigger.source },
    inputs: toNamedValues(execution.inputs),
    outputs: toNamedValues(execution.outputs),
    git: git === undefined ? null : { branch: fit(git.branch), commit: fit(git.commit) },
    workflowPath: fitText(execution.workflow.path, maxText.id),
    createdMs: toMs(execution.createdAt),
    startedMs: toMsOrNull(execution.startedAt),
    finishedMs: toMsOrNull(execution.finishedAt),
    attempt: execution.attempt,
    fallback:
      fallback === null
        ? null
        : {
            name: fitText(fallback.for, maxText.id),
            value: fitText(tell(fallback.reason), maxText.id),
          },
    parent:
      parent === null
        ? null
        : { name: fitText(parent.execution, maxText.id), value: fitText(parent.task, maxText.id) },
    stuck: verdicts.slice(0, 5).map((verdict) => ({
      task: verdict.task === null ? null : fitText(verdict.task, maxText.id),
      evidence: fitText(tell(verdict.evidence), maxText.id),
      sinceMs: toMs(verdict.since),
    })),
    actions: actionsOf(execution, isTrusted),
    tasks: countTasks(execution.tasks),
  };
  // Only inputs and outputs can be long: the head leaves room for tasks in the same message.
  return jsonBytes(head) <= maxHeadBytes
    ? head
    : { ...head, inputs: head.inputs.slice(0, 4), outputs: head.outputs.slice(0, 4) };
}

const maxHeadBytes = 6000;

/** One row of the task table. */
export function toTaskRow(
  task: TaskExecution,
  index: number,
  isStuck: boolean,
  usualMs: number | null = null,
): TaskRow {
  return {
    index,
    id: fitText(task.id, maxText.id),
    name: fitText(task.name, maxText.name),
    kind: task.kind,
    group: task.group === null ? null : fitText(task.group, maxText.id),
    needs: task.needs.slice(0, maxNeeds).map((need) => fitText(need, maxText.id)),
    isFinally: task.isFinally,
    continueOnError: task.continueOnError,
    status: task.status,
    isStuck,
    reason: task.reason,
    message: fitMessage(task.message),
    attempt: task.attempt,
    attempts: task.attempts.slice(-10).map(toAttemptRow),
    startedMs: toMsOrNull(task.startedAt),
    finishedMs: toMsOrNull(task.finishedAt),
    exitCode: task.exitCode,
    nextAttemptMs: toMsOrNull(task.nextAttemptAt),
    question: fitMessage(task.question),
    child: task.child === null ? null : fitText(task.child, maxText.id),
    usualMs,
  };
}

/** The attempt that `number` names, or the newest one. */
export function findAttempt(
  execution: Execution,
  taskId: string,
  number: number | null,
): Attempt | null {
  const attempts = execution.tasks.find((task) => task.id === taskId)?.attempts ?? [];
  const found =
    number === null
      ? attempts.at(-1)
      : attempts.findLast((candidate) => candidate.attempt === number);
  return found ?? null;
}

function toAttemptRow(attempt: Attempt): AttemptRow {
  return {
    attempt: attempt.attempt,
    status: attempt.status,
    reason: attempt.reason,
    message: attempt.message === null ? null : fitText(attempt.message, maxText.value),
    exitCode: attempt.exitCode,
    startedMs: toMs(attempt.startedAt),
    finishedMs: toMsOrNull(attempt.finishedAt),
  };
}

function toNamedValues(values: Readonly<Record<string, unknown>>): readonly NamedValue[] {
  return Object.entries(values)
    .slice(0, 20)
    .map(([name, value]) => ({
      name: fitText(name, 100),
      value: fitText(String(value), maxText.value),
    }));
}

function fitMessage(message: string | null): string | null {
  return message === null ? null : fitText(message, maxText.message);
}
