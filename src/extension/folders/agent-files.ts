import { isDeepStrictEqual } from 'node:util';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import { findAgents, type AgentFile } from '../../engine/workflow/find-agents.ts';
import { systemClock, type Clock, type Log } from '../../engine/ports.ts';

/** One save may come as several events (VS Code reports a rename over a file as delete and create). */
const quietMs = 100;

/**
 * How often the files are listed, whatever is told: a watcher tells nothing while it starts, nor of what others change on a
 * network disk.
 */
export const pollMs = 2000;

/** Listing by itself may take this part of the time. */
const pollShare = 0.01;

/** What is needed to follow the workflow files of a folder. */
export interface AgentFilesOptions {
  /** Absolute. */
  readonly workspace: string;
  /** Relative to the workspace. */
  readonly workflowsFolder: string;
  /** Tells of paths that may have changed, absolute. */
  readonly watch: (touch: (file: string) => void) => Disposable;
  readonly log: Log;
  readonly clock?: Clock;
}

/** The workflow files of one folder, kept current. */
export class AgentFiles implements Disposable {
  readonly #options: AgentFilesOptions;
  readonly #clock: Clock;
  readonly #store = new DisposableStore();
  readonly #changed: Emitter<readonly string[]>;
  #files: readonly AgentFile[] = [];
  #touched = new Set<string>();
  #quiet: Disposable | null = null;
  #poll: Disposable | null = null;
  #scan: Promise<void> | null = null;

  /** Fires with the absolute paths that were touched, also when the list of files stayed the same. */
  readonly onDidChange: Event<readonly string[]>;

  constructor(options: AgentFilesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#changed = this.#store.add(new Emitter<readonly string[]>());
    this.onDidChange = this.#changed.event;
    this.#store.add(options.watch((file) => this.#touch(file)));
    this.#pollIn(pollMs);
  }

  /** The files found last, sorted by agent id. */
  get files(): readonly AgentFile[] {
    return this.#files;
  }

  /** Looks again now. */
  async refresh(): Promise<void> {
    // A scan that is under way may have passed the place already: another one follows it.
    while (this.#scan !== null) await this.#scan;
    await this.#find({ isPoll: false });
  }

  dispose(): void {
    this.#store.dispose();
    this.#quiet?.dispose();
    this.#poll?.dispose();
  }

  #touch(file: string): void {
    if (this.#store.isDisposed) return;
    this.#touched.add(file);
    this.#quiet?.dispose();
    this.#quiet = this.#clock.after(quietMs, () => void this.refresh());
  }

  #pollIn(delayMs: number): void {
    if (this.#store.isDisposed) return;
    this.#poll = this.#clock.after(delayMs, () => {
      const startMs = this.#clock.monotonicMs();
      void this.#look().then(() => {
        const tookMs = this.#clock.monotonicMs() - startMs;
        this.#pollIn(Math.max(pollMs, tookMs / pollShare));
      });
    });
  }

  /** Lists the files, where nobody does or is about to. */
  async #look(): Promise<void> {
    if (this.#scan === null && this.#touched.size === 0) await this.#find({ isPoll: true });
  }

  /** `isPoll`: tells only of another list than before. Never rejects. */
  async #find(how: { readonly isPoll: boolean }): Promise<void> {
    this.#scan = this.#list(how);
    await this.#scan;
    this.#scan = null;
  }

  async #list({ isPoll }: { readonly isPoll: boolean }): Promise<void> {
    const { workspace, workflowsFolder, log } = this.#options;
    const touched = [...this.#touched];
    this.#touched = new Set();
    try {
      const files = await findAgents(workspace, workflowsFolder);
      if (this.#store.isDisposed || (isPoll && isDeepStrictEqual(files, this.#files))) return;
      this.#files = files;
      this.#changed.fire(touched);
    } catch (error) {
      log.error(`could not list the workflow files: ${messageOf(error)}`);
    }
  }
}
