import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Disposable } from '../../../model/disposable.ts';
import { messageOf } from '../../../model/result.ts';
import type { Clock, Log } from '../../ports.ts';
import { awaitLostProcess } from './lost-process.ts';
import type {
  HeldProcess,
  ProcessRequest,
  ProcessWatcher,
  RequestedProcess,
} from './process-starter.ts';
import { processTreeOf } from './process-tree.ts';
import {
  encodeDrop,
  encodeWord,
  parseReport,
  StartEncoder,
  type SpawnerReport,
} from './spawner-messages.ts';
import { spawnerCalls, spawnerScript } from './spawner-script.ts';

/** A spawner that does not answer by then is not used. */
const answerMs = 5000;

/** How long one that is let go may take to see it, and one that is gone may have left words to be read. */
const graceMs = 1000;

/** More at once go the other way: `select` knows 1,024 descriptors, and a process has two of them for a moment. */
const mostProcesses = 400;

interface Watched {
  readonly request: ProcessRequest;
  readonly watcher: ProcessWatcher;
  pid: number | null;
  startTime: string | null;
  isDropped: boolean;
  /** Watches it from here when the spawner cannot any more. */
  lost: Disposable | null;
}

/**
 * A small process that starts other processes and tells how they end: a fork copies the pages of the process that
 * forks, and nothing else happens in it meanwhile. Linux only, where a child is a fork. It has a session of its own,
 * ends when this process ends, however that happens, and leaves what it started as it is.
 */
export class Spawner implements Disposable {
  readonly #child: ChildProcess;
  readonly #socket: Socket;
  /** What a held process waits at. */
  readonly #gate: Socket;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onSettled: () => void;
  readonly #watched = new Map<string, Watched>();
  readonly #encoder = new StartEncoder();
  #phase: 'asked' | 'ready' | 'gone' = 'asked';
  #timer: Disposable | null = null;
  #started = 0;
  #rest = '';

  /** Null where there can be none. `onSettled` is called once: when it is ready, or when it will never be. */
  static start(options: {
    /** Absolute path of Perl. */
    readonly perl: string;
    readonly clock: Clock;
    readonly log: Log;
    readonly onSettled: () => void;
  }): Spawner | null {
    const calls = spawnerCalls[process.arch];
    if (calls === undefined) return null;
    try {
      const args = ['-e', spawnerScript, ...[process.pid, ...calls].map(String)];
      const child = spawn(options.perl, args, {
        cwd: '/',
        // Nothing that changes Perl or how it is loaded, and nothing by which leftovers of a task are found.
        env: {},
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
        detached: true,
      });
      return new Spawner(child, options);
    } catch (error) {
      options.log.debug(`tasks are started directly: ${messageOf(error)}`);
      return null;
    }
  }

  private constructor(
    child: ChildProcess,
    options: { readonly clock: Clock; readonly log: Log; readonly onSettled: () => void },
  ) {
    this.#child = child;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#onSettled = options.onSettled;
    this.#socket = child.stdio[3] as Socket;
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text: string) => {
      this.#read(text);
    });
    this.#socket.on('error', () => undefined);
    this.#gate = child.stdio[4] as Socket;
    this.#gate.on('error', () => undefined);
    this.#gate.unref();
    // Both are awaited: what it said last, and how it ended. Either may stay away for long: a child of it that is not yet
    // another program holds the socket open.
    let isHalfGone = false;
    const half = (): void => {
      if (this.#phase === 'gone') return;
      this.#timer?.dispose();
      this.#timer = this.#clock.after(isHalfGone ? 0 : graceMs, () => {
        this.#gone();
      });
      isHalfGone = true;
    };
    this.#socket.on('close', half);
    child.on('exit', half);
    child.on('error', () => {
      this.#gone();
    });
    this.#timer = this.#clock.after(answerMs, () => {
      this.#gone();
    });
    child.unref();
    this.#socket.unref();
  }

  /** Undefined until it has answered; false when it cannot be used, or not any more. */
  get isReady(): boolean | undefined {
    return this.#phase === 'asked' ? undefined : this.#phase === 'ready';
  }

  /**
   * Whether `hold` may be called: for one process at a time, and only while no other runs. Then there is one reader of the
   * gate, and where others run there is enough to do while a record is written.
   */
  get canHold(): boolean {
    return this.#phase === 'ready' && this.#watched.size === 0;
  }

  /** Null when this process has to be started in another way. */
  start(request: ProcessRequest, watcher: ProcessWatcher): RequestedProcess | null {
    return this.#request(request, watcher, false);
  }

  /** The same, up to the point where the process would become the program. */
  hold(request: ProcessRequest, watcher: ProcessWatcher): HeldProcess | null {
    return this.canHold ? this.#request(request, watcher, true) : null;
  }

  #request(request: ProcessRequest, watcher: ProcessWatcher, isHeld: boolean): HeldProcess | null {
    if (this.#phase !== 'ready' || this.#watched.size >= mostProcesses) return null;
    this.#started += 1;
    const count = this.#started;
    const id = String(count);
    const frame = this.#encoder.encode(id, request, isHeld);
    if (frame === null) return null;
    const watched: Watched = {
      request,
      watcher,
      pid: null,
      startTime: null,
      isDropped: false,
      lost: null,
    };
    if (this.#watched.size === 0) this.#socket.ref();
    this.#watched.set(id, watched);
    this.#socket.write(frame);
    return {
      flushed: null,
      letGo: () => {
        if (this.#phase === 'ready') this.#gate.write(encodeWord(count));
      },
      drop: () => {
        this.#drop(id, watched);
      },
    };
  }

  /** What it started goes on. */
  dispose(): void {
    this.#timer?.dispose();
    for (const watched of this.#watched.values()) watched.lost?.dispose();
    this.#watched.clear();
    if (this.#phase === 'gone') return;
    this.#phase = 'gone';
    // What was asked for is still read there, and then the end.
    this.#socket.unref();
    this.#socket.end();
    this.#gate.destroy();
    setTimeout(() => {
      this.#child.kill('SIGKILL');
    }, graceMs).unref();
  }

  #drop(id: string, watched: Watched): void {
    if (watched.isDropped) return;
    watched.isDropped = true;
    watched.lost?.dispose();
    if (watched.pid !== null) return;
    if (this.#phase === 'ready') this.#socket.write(encodeDrop(id));
    else processTreeOf(null, watched.request.variables).signal('SIGKILL');
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const report = parseReport(line);
      if (report === null) {
        this.#log.warn(`what starts tasks said something else than it should: ${line}`);
        this.#gone();
      } else if (this.#phase !== 'gone') this.#take(report);
    }
  }

  #take(report: SpawnerReport): void {
    if (report.type === 'ready') {
      this.#timer?.dispose();
      this.#phase = 'ready';
      this.#onSettled();
      return;
    }
    const watched = this.#watched.get(report.id);
    if (watched === undefined) return;
    const { watcher, request } = watched;
    if (report.type === 'started') {
      watched.pid = report.pid;
      watched.startTime = report.startTime;
      if (!watched.isDropped) watcher.onSpawned(report.pid, report.startTime);
      return;
    }
    this.#watched.delete(report.id);
    if (this.#watched.size === 0) this.#socket.unref();
    if (watched.isDropped) return;
    if (report.type === 'ended') watcher.onExit(report.exit);
    else {
      // As Node says it, for a reader who compares.
      const subject = report.step === 'log' ? `open '${request.logFile}'` : `spawn ${request.file}`;
      watcher.onFailed(`${subject} ${report.error}`);
    }
  }

  /** It ended, or makes no sense: nothing is asked of it again, and what it started is watched from here. */
  #gone(): void {
    if (this.#phase === 'gone') return;
    const wasAsked = this.#phase === 'asked';
    this.#phase = 'gone';
    this.#timer?.dispose();
    this.#socket.destroy();
    this.#gate.destroy();
    this.#child.kill('SIGKILL');
    const how = this.#child.signalCode ?? `exit ${String(this.#child.exitCode)}`;
    if (this.#watched.size > 0) {
      this.#log.warn(
        `what starts tasks has ended (${how}); tasks are started directly from now on`,
      );
    }
    for (const watched of this.#watched.values()) {
      if (!watched.isDropped)
        watched.lost = awaitLostProcess({ ...watched, how, clock: this.#clock });
    }
    if (wasAsked) this.#onSettled();
  }
}
