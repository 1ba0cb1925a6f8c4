import type { Result } from '../../model/result.ts';
import type { EngineOptions, RunningExecution, StartRequest } from './engine-options.ts';
import { createEngine } from './engine.ts';
import { disposeAfter } from './dispose-after.ts';

export type { EngineOptions, RunningExecution, StartRequest } from './engine-options.ts';

/**
 * Creates an execution of an agent and starts it in this process.
 *
 * Refused before anything is recorded: `bad-input` (inputs, or a secret that is missing), `storage`.
 * A missing or invalid workflow is no refusal: its fallback runs, or an execution is recorded that failed with
 * reason `invalid-workflow`; it is over when this resolves.
 */
export async function startExecution(
  options: EngineOptions,
  request: StartRequest,
): Promise<Result<RunningExecution>> {
  const engine = createEngine(options);
  return disposeAfter(engine.publisher, await engine.start(request));
}
