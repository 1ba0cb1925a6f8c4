import type { Failure } from '../../model/result.ts';
import type { EngineOptions, RestartRequest, StartRequest } from '../run/engine-options.ts';

/** The engine's options as they travel to a runner; without `environment` the runner's own is taken. */
export type EngineOptionsJson = Omit<EngineOptions, 'clock' | 'log' | 'environment'> & {
  readonly environment?: EngineOptions['environment'];
};

/** What a runner is asked to do: one JSON document on its standard input. */
export type RunnerRequest =
  | { readonly type: 'start'; readonly engine: EngineOptionsJson; readonly request: StartRequest }
  | {
      readonly type: 'restart';
      readonly engine: EngineOptionsJson;
      readonly request: RestartRequest;
    };

/** The one line that a runner answers on its standard output. */
export type RunnerAnswer =
  | { readonly type: 'execution-created'; readonly id: string }
  | { readonly type: 'refused'; readonly failure: Failure };
