import type { Result } from '../../model/result.ts';
import { disposeAfter } from './dispose-after.ts';
import type { EngineOptions, RestartRequest, RunningExecution } from './engine-options.ts';
import { createEngine } from './engine.ts';

/**
 * Runs tasks of an execution that is over again, in the same execution and in this process; the others keep their
 * results. The workflow is the one the execution was started with. Refused: `unknown-execution`, `damaged`,
 * `not-over`, `nothing-to-do`, `owned`, `invalid-workflow`, `unknown-task`, `bad-input` (a secret that is missing),
 * `leftover` (a process of an earlier attempt that cannot be ended), `storage`.
 */
export async function restartExecution(
  options: EngineOptions,
  request: RestartRequest,
): Promise<Result<RunningExecution>> {
  const engine = createEngine(options);
  return disposeAfter(engine.publisher, await engine.restart(request));
}
