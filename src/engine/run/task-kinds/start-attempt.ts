import { fail, type Result, unreachable } from '../../../model/result.ts';
import type { AttemptPlan, HeldAttempt, RunningAttempt } from './attempt.ts';
import { startHttp } from './request-http.ts';
import { holdScript, startScript } from './run-script.ts';
import { startChildAgent } from './use-agent.ts';

/** Starts an attempt of any kind that runs; a refusal's code is the reason of the failure. */
export function startAttempt(plan: AttemptPlan): Result<RunningAttempt> {
  const { action } = plan.spec;
  switch (action.kind) {
    case 'run':
      return startScript(plan, action);
    case 'uses':
      return startChildAgent(plan, action);
    case 'http':
      return startHttp(plan, action);
    case 'approval':
      return fail('internal', 'an approval waits for a person; it has no attempt that runs');
    default:
      return unreachable(action);
  }
}

/** Does what can be done before the record of an attempt's start is durable; null where all of it comes after. */
export function holdAttempt(plan: AttemptPlan): HeldAttempt | null {
  const { action } = plan.spec;
  return action.kind === 'run' ? holdScript(plan, action) : null;
}
