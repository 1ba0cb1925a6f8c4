import { existsSync } from 'node:fs';
import { messageOf } from '../../../model/result.ts';
import type { Clock, Log } from '../../ports.ts';
import { OutputMasks } from '../mask-output.ts';
import type {
  HeldProcess,
  ProcessRequest,
  ProcessStarter,
  ProcessWatcher,
  RequestedProcess,
} from './process-starter.ts';
import { Spawner } from './spawner.ts';
import { startDirectly } from './start-directly.ts';

/** When a spawner is used: `auto` where it pays, `always` for all processes from the first on (tests), or never. */
export type SpawnerUse = 'auto' | 'always' | 'off';

/** With fewer processes still to start it does not pay: its own start costs as much as two or three others. */
const payingStarts = 8;

/** Where systems have their Perl. Not PATH, where a version manager may stand that takes longer than all tasks. */
const perls: readonly string[] = [
  '/usr/bin/perl',
  '/bin/perl',
  '/usr/local/bin/perl',
  '/run/current-system/sw/bin/perl',
];

/** What the processes of one execution have in common. */
export interface TaskStarterOptions {
  readonly use: SpawnerUse;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts the processes of one execution: through a spawner where there is one, and otherwise directly. */
export class TaskStarter implements ProcessStarter {
  readonly #options: TaskStarterOptions;
  readonly #masks = new OutputMasks();
  #expected = 0;
  /** Null when there will be none. */
  #spawner: Spawner | null | undefined = undefined;
  /** What waits for the spawner's answer. */
  #waiting: (() => void)[] = [];

  constructor(options: TaskStarterOptions) {
    this.#options = options;
    if (options.platform !== 'linux' || options.use === 'off') this.#spawner = null;
  }

  /** So many more processes are likely to be started. */
  expect(starts: number): void {
    this.#expected += starts;
  }

  /** Whether `hold` is worth to be tried. */
  get canHold(): boolean {
    return this.#spawner?.canHold === true;
  }

  /** Null when this process cannot be held, and has to be started when the time has come. */
  hold(request: ProcessRequest, watcher: ProcessWatcher): HeldProcess | null {
    const held = this.#spawner?.hold(request, watcher) ?? null;
    if (held !== null) this.#expected -= 1;
    return held;
  }

  start(request: ProcessRequest, watcher: ProcessWatcher): RequestedProcess {
    this.#expected -= 1;
    // What is masked comes through pipes of this process.
    if (request.secretWords.length > 0) return this.#startDirectly(request, watcher);
    const { use } = this.#options;
    if (use === 'always') this.#startSpawner();
    if (use === 'always' && this.#spawner?.isReady === undefined && this.#spawner !== null) {
      return this.#startLater(request, watcher);
    }
    const started = this.#spawner?.start(request, watcher);
    if (started !== null && started !== undefined) return started;
    const direct = this.#startDirectly(request, watcher);
    if (use === 'auto' && this.#expected >= payingStarts) this.#startSpawner();
    return direct;
  }

  dispose(): void {
    this.#waiting = [];
    this.#spawner?.dispose();
    this.#spawner = null;
  }

  #startDirectly(request: ProcessRequest, watcher: ProcessWatcher): RequestedProcess {
    const { platform } = this.#options;
    return startDirectly(request, watcher, { platform, masks: this.#masks });
  }

  #startSpawner(): void {
    if (this.#spawner !== undefined) return;
    const perl = perls.find((place) => existsSync(place));
    this.#spawner =
      perl === undefined
        ? null
        : Spawner.start({
            ...this.#options,
            perl,
            onSettled: () => {
              const waiting = this.#waiting;
              this.#waiting = [];
              for (const begin of waiting) begin();
            },
          });
  }

  #startLater(request: ProcessRequest, watcher: ProcessWatcher): RequestedProcess {
    let begun: RequestedProcess | null = null;
    let isDropped = false;
    this.#waiting.push(() => {
      if (isDropped) return;
      try {
        begun = this.start(request, watcher);
      } catch (error) {
        watcher.onFailed(messageOf(error));
      }
    });
    return {
      flushed: null,
      drop: () => {
        isDropped = true;
        begun?.drop();
      },
    };
  }
}
