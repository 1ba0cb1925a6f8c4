import { silentLog, systemClock, type Clock, type Log } from '../ports.ts';
import type { Result } from '../../model/result.ts';
import type { Disk } from '../store/disk.ts';
import { stateFolderOf, type StateFolder } from '../store/state-folder.ts';
import { ViewPublisher } from '../store/view-publisher.ts';
import type {
  EngineOptions,
  RestartRequest,
  RunningExecution,
  StartRequest,
} from './engine-options.ts';
import { restartIn } from './restart-in.ts';
import { startIn } from './start-in.ts';

/** What an execution and its children share. */
export interface Engine {
  readonly options: EngineOptions;
  readonly folder: StateFolder;
  readonly workflowsFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly publisher: ViewPublisher;
  /** How many executions are above those that are started here. */
  readonly depth: number;
  readonly start: (request: StartRequest) => Promise<Result<RunningExecution>>;
  readonly restart: (request: RestartRequest) => Promise<Result<RunningExecution>>;
  /** The engine for the children of its executions. */
  readonly deeper: () => Engine;
}

/** An execution that is over by then is written once; what goes on is seen as soon as a person could tell. */
const firstDelayMs = 50;

/**
 * An engine for a workspace. Whoever made it disposes its publisher when its executions are over. `disk` is for tests
 * that put faults between the engine and its state.
 */
export function createEngine(options: EngineOptions, disk?: Disk): Engine {
  const folder = stateFolderOf(options.workspace, options.stateFolder, disk);
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const publisher = new ViewPublisher({
    folder,
    clock,
    log,
    firstDelayMs,
    ...(options.keep === undefined ? {} : { keep: options.keep }),
  });
  const atDepth = (depth: number): Engine => {
    const engine: Engine = {
      options,
      folder,
      workflowsFolder: options.workflowsFolder ?? 'workflows',
      clock,
      log,
      publisher,
      depth,
      start: (request) => startIn(engine, request),
      restart: (request) => restartIn(engine, request),
      deeper: () => atDepth(depth + 1),
    };
    return engine;
  };
  return atDepth(0);
}
