import { appendFileSync } from 'node:fs';
import type { Execution } from '../../../model/execution.ts';
import { fail, messageOf, ok, type Result } from '../../../model/result.ts';
import type { UsesAction } from '../../../model/workflow.ts';
import { evaluateValue, type ExpressionValue } from '../../expressions/evaluate.ts';
import type { RunningExecution } from '../engine-options.ts';
import { evaluateEnvironment } from './evaluate-environment.ts';
import {
  failedEnd,
  stoppedEnd,
  type AttemptEnd,
  type AttemptPlan,
  type RunningAttempt,
  type StopCause,
} from './attempt.ts';

/** Runs another agent as a child execution; its end and its outputs are the task's. */
export function startChildAgent(plan: AttemptPlan, action: UsesAction): Result<RunningAttempt> {
  const inputs = evaluateInputs(plan, action);
  if (!inputs.ok) return inputs;
  let child: RunningExecution | null = null;
  let stopCause: StopCause | null = null;
  let isDisposed = false;

  const run = async (): Promise<AttemptEnd> => {
    const started = await plan.surroundings.runChild({
      uses: action.uses,
      inputs: inputs.value,
      task: plan.task,
      earlier: plan.earlierChild,
    });
    if (!started.ok) return failedEnd('spawn', `"${action.uses}": ${started.error.message}`);
    child = started.value;
    if (isDisposed) child.dispose();
    plan.onChild(child.id);
    appendFileSync(plan.logFile, `execution ${child.id} of agent "${child.execution.agent}"\n`);
    // It may have been stopped while the child was being created.
    if (stopCause !== null) cancelChild(child, stopCause);
    const finished = await child.finished;
    return stopCause === null
      ? endOfChild(finished)
      : stoppedEnd(stopCause, { timeoutMs: plan.spec.timeoutMs });
  };

  void run()
    .catch((error: unknown) => failedEnd('internal', messageOf(error)))
    .then((end) => {
      if (!isDisposed) plan.onEnd(end);
    });

  return ok({
    stop(cause) {
      const isFirst = stopCause === null;
      stopCause ??= cause;
      if (child !== null && (isFirst || cause === 'kill')) cancelChild(child, cause);
    },
    dispose() {
      isDisposed = true;
      child?.dispose();
    },
  });
}

function evaluateInputs(
  plan: AttemptPlan,
  action: UsesAction,
): Result<Readonly<Record<string, ExpressionValue>>> {
  const env = evaluateEnvironment(plan);
  if (!env.ok) return env;
  const scope = plan.scope(env.value);
  const inputs: Record<string, ExpressionValue> = {};
  for (const [name, given] of Object.entries(action.with)) {
    const value = typeof given === 'string' ? evaluateValue(given, scope) : ok(given);
    if (!value.ok) return fail('expression', `with.${name}: ${value.error.message}`);
    if (holdsSecret(value.value, plan.surroundings.secretWords)) {
      // Inputs are part of the record of an execution, which must not hold a secret.
      return fail(
        'expression',
        `with.${name} would hand on a secret; list it under \`secrets\` of "${action.uses}" instead`,
      );
    }
    inputs[name] = value.value;
  }
  return ok(inputs);
}

function holdsSecret(value: ExpressionValue, words: readonly string[]): boolean {
  if (words.length === 0) return false;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return words.some((word) => text.includes(word));
}

function cancelChild(child: RunningExecution, cause: StopCause): void {
  child.cancel('the execution that uses it');
  if (cause === 'kill' && child.execution.request?.type !== 'kill') {
    child.cancel('the execution that uses it');
  }
}

function endOfChild(child: Execution): AttemptEnd {
  const { outputs } = child;
  if (child.status === 'succeeded') {
    return {
      status: 'succeeded',
      reason: null,
      message: null,
      exitCode: null,
      signal: null,
      outputs,
    };
  }
  const message = `execution ${child.id} of "${child.agent}" ${child.status}`;
  const details = child.message === null ? message : `${message}: ${child.message}`;
  if (child.status === 'cancelled') {
    return { ...failedEnd('internal', details), status: 'cancelled', reason: null, outputs };
  }
  return { ...failedEnd(child.reason ?? 'internal', details), outputs };
}
