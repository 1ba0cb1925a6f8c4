import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import type { FailureReason } from '../../model/status.ts';
import type { SourceRange } from '../../model/diagnostic.ts';
import { describeFailure } from '../executions/describe-execution-node.ts';
import { newestExecutions, verdictOf } from '../folder-state.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';
import { asRecorded, type Tell } from '../../model/tell-message.ts';
import { toldTask, toldVerdict } from '../told.ts';

/** Something that went wrong with a task, to be shown on the task's key in its workflow file. */
export interface RunProblem {
  /** The workflow file, relative to the workspace folder, with `/`. */
  readonly path: string;
  /** The task's key in the file (of a matrix task: without its combination). */
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** The reason of the failure, `interrupted` or `stuck`. */
  readonly code: string;
  readonly message: string;
  readonly execution: string;
  readonly task: string;
  readonly attempt: number | null;
  /** Relative to the state folder, with `/`; null when there is none. */
  readonly log: string | null;
}

/**
 * What is wrong now, after the newest execution of each agent: failed tasks, interrupted and stuck ones. Older executions say
 * nothing any more, nor does one that runs again. That a file is invalid is said by its validation, at the place.
 */
export function findRunProblems(
  executions: readonly Execution[],
  verdicts: readonly StuckVerdict[],
  t: Translate = inEnglish,
  tell: Tell = asRecorded,
): readonly RunProblem[] {
  const problems: RunProblem[] = [];
  for (const execution of newestExecutions(executions)) {
    for (const recorded of execution.tasks) {
      const verdict = verdictOf(verdicts, execution.id, recorded.id);
      const task = isWrong(execution, recorded) ? toldTask(recorded, tell) : recorded;
      if (task.status === 'failed') problems.push(failedTask(execution, task, t));
      else if (isCutOff(execution, task)) problems.push(interruptedTask(execution, task, t));
      else if (verdict !== null) {
        problems.push(stuckTask(execution, task, toldVerdict(verdict, tell), t));
      }
    }
  }
  return problems;
}

/** Where a problem stands in the file as it is now, or null when the task vanished from it. */
export function placeProblem(
  problem: RunProblem,
  taskRanges: ReadonlyMap<string, SourceRange>,
): SourceRange | null {
  return taskRanges.get(problem.key) ?? null;
}

function failedTask(execution: Execution, task: TaskExecution, t: Translate): RunProblem {
  const what = t('{0} failed', task.id);
  const why = describeFailure({ ...task, signal: task.attempts.at(-1)?.signal ?? null });
  const reason = why === '' ? what : `${what} (${why})`;
  const tried = task.attempts.length > 1 ? ` ${t('after {0} attempts', task.attempts.length)}` : '';
  const message = task.message === null ? '' : `: ${task.message}`;
  const hint = task.reason === null ? '' : ` ${hintFor(task.reason, t)}`;
  return {
    ...placeOf(execution, task),
    severity: task.continueOnError ? 'warning' : 'error',
    code: task.reason ?? 'failed',
    message: `${endSentence(`${reason}${tried}${message}`)}${hint}`.trimEnd(),
  };
}

function isWrong(execution: Execution, task: TaskExecution): boolean {
  return task.status === 'failed' || isCutOff(execution, task);
}

/** Only a task that had begun: the others have nothing to look at. */
function isCutOff(execution: Execution, task: TaskExecution): boolean {
  return (
    execution.status === 'interrupted' && task.status === 'interrupted' && task.attempts.length > 0
  );
}

function interruptedTask(execution: Execution, task: TaskExecution, t: Translate): RunProblem {
  const what = t('{0} was interrupted', task.id);
  const text = task.message === null ? what : `${what}: ${task.message}`;
  const hint = t('See in its log how far it came, then resume the execution.');
  return {
    ...placeOf(execution, task),
    severity: 'warning',
    code: 'interrupted',
    message: `${endSentence(text)} ${hint}`,
  };
}

function stuckTask(
  execution: Execution,
  task: TaskExecution,
  verdict: StuckVerdict,
  t: Translate,
): RunProblem {
  const what = t('{0} seems stuck: {1}', task.id, verdict.evidence);
  const hint = t('See its log, wait, or cancel the execution.');
  return {
    ...placeOf(execution, task),
    severity: 'warning',
    code: 'stuck',
    message: `${endSentence(what)} ${hint}`,
  };
}

function placeOf(
  execution: Execution,
  task: TaskExecution,
): Pick<RunProblem, 'path' | 'key' | 'execution' | 'task' | 'attempt' | 'log'> {
  const attempt = task.attempts.at(-1) ?? null;
  return {
    path: execution.workflow.path,
    key: task.group ?? task.id,
    execution: execution.id,
    task: task.id,
    attempt: attempt?.attempt ?? null,
    log: attempt?.log ?? null,
  };
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What to do next. */
function hintFor(reason: FailureReason, t: Translate): string {
  switch (reason) {
    case 'exit':
      return t('Its log says more; retry it when the cause is gone.');
    case 'signal':
      return t('Something ended its process from outside; see its log, then retry it.');
    case 'timeout':
      return t('Raise its `timeout`, or see in its log what it waited for.');
    case 'spawn':
      return t('Check that its shell and its working directory exist.');
    case 'output':
      return t('Check what it writes to $AGENT_OUTPUT.');
    case 'expression':
      return t('Check the expression against what the tasks before it gave.');
    case 'rejected':
      return '';
    case 'invalid-workflow':
      return t('Correct the file, then run it again.');
    case 'internal':
      return t('The output channel says more.');
  }
}
