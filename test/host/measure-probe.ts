import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './hosts.ts';
import type { WindowOptions } from './window.ts';

/** The loop of an extension host stood still for longer than 8 ms. */
export interface Stall {
  readonly ms: number;
  /** Processor time of the loop's thread in it; the rest it waited for a processor or the disk. Null where Node does not tell. */
  readonly cpuMs: number | null;
  /** How much of it was in our code, where a profile was taken. */
  readonly ourMs?: number;
  /** How much of it was in any code, the editor's and Node's as well, where a profile was taken. */
  readonly busyMs?: number;
  /** The function of ours that took most of it. */
  readonly where?: string;
}

/** What the probe saw between `start` and `stop`. Delays are what a timer of 2 ms was late by. */
export interface LoopReport {
  readonly looks: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly stalls: readonly Stall[];
  readonly spawns: readonly { readonly file: string; readonly isOurs: boolean }[];
  /** Processor time in our code, where a profile was taken. */
  readonly ourMs: number;
  /** Where most of it was: functions with their place in the bundle. */
  readonly places: readonly string[];
}

/** What a process used since it began. */
export interface HostUsage {
  readonly cpu: { readonly user: number; readonly system: number };
  readonly memory: { readonly rss: number; readonly heapUsed: number };
}

/** The probes (bench/host-probe.mjs) in the extension hosts of one server. */
export class HostProbes {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the place where the probes of a server say that they are there. */
  static async make(): Promise<HostProbes> {
    return new HostProbes(await mkdtemp(path.join(os.tmpdir(), 'agent-executor-probe-')));
  }

  /** What a window has to be opened with. */
  get options(): Pick<WindowOptions, 'env' | 'nodeOptions'> {
    const probe = pathToFileURL(path.join(repository, 'bench/host-probe.mjs')).href;
    return { env: { AGENT_EXECUTOR_PROBE: this.#folder }, nodeOptions: ['--import', probe] };
  }

  /** Begins to look, with a profile of who keeps the loop where that is wanted (it costs a little). */
  async start(host: number, options: { readonly profile: boolean }): Promise<void> {
    if (options.profile) await this.#ask(host, '/profile');
    await this.#ask(host, '/start');
  }

  /** Ends what `start` began. */
  async stop(host: number): Promise<LoopReport> {
    return (await this.#ask(host, '/stop')) as LoopReport;
  }

  /** Paints the time of each record of a journal in a page of its own, in front, from now on. */
  async paint(host: number, journal: string): Promise<void> {
    await this.#ask(host, `/paint?${new URLSearchParams({ journal }).toString()}`);
  }

  /** Closes that page. */
  async endPaint(host: number): Promise<void> {
    await this.#ask(host, '/paint');
  }

  /** Processor time and memory of an extension host. */
  async usage(host: number): Promise<HostUsage> {
    return (await this.#ask(host, '/usage')) as HostUsage;
  }

  /** Process ids of the extension hosts that are there, in no order. */
  async hosts(): Promise<readonly number[]> {
    return (await readdir(this.#folder)).map(Number);
  }

  /** Removes what `make` made. */
  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ask(host: number, what: string): Promise<unknown> {
    const port = await readFile(path.join(this.#folder, String(host)), 'utf8');
    const response = await fetch(`http://127.0.0.1:${port}${what}`);
    if (!response.ok) throw new Error(`the probe says ${await response.text()}`);
    return response.json();
  }
}
