import { fail, type Result } from '../../model/result.ts';
import type { RunnerRequest } from './runner-request.ts';

export type { EngineOptionsJson, RunnerRequest } from './runner-request.ts';

/** How to start the runner program. */
export interface RunnerCommand {
  /** An executable: `process.execPath`. */
  readonly file: string;
  /** The runner's bundle, with node's own options before it. */
  readonly args: readonly string[];
  /** The whole environment; in desktop VS Code with `ELECTRON_RUN_AS_NODE: '1'`, which tasks do not inherit. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts a detached runner and waits until it has created the execution; from there on the runner lives without
 * us. What the runner has to complain about goes to `runner.log` in the state folder.
 * Refused: what `startExecution` and `restartExecution` refuse, and `runner-failed`.
 */
export function launchRunner(
  _command: RunnerCommand,
  _request: RunnerRequest,
  _options: { readonly timeoutMs?: number } = {},
): Promise<Result<{ readonly id: string }>> {
  return Promise.resolve(fail('not-ready', 'not written yet'));
}
