import { fail, type Result } from '../../model/result.ts';
import type { EngineOptions, RestartRequest, RunningExecution } from './engine-options.ts';

/**
 * Runs tasks of an execution that is over again, in the same execution and in this process; the others keep their
 * results. Refused: `unknown-execution`, `not-over`, `nothing-to-do`, `owned`, `invalid-workflow`, `unknown-task`,
 * `bad-input` (a secret that is missing), `storage`.
 */
export function restartExecution(
  _options: EngineOptions,
  _request: RestartRequest,
): Promise<Result<RunningExecution>> {
  return Promise.resolve(fail('not-ready', 'not written yet'));
}
