/** A process of the storm as its parent sees it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Owner } from '../../../src/model/execution.ts';
import { currentOwner, processStartTime } from '../../../src/engine/liveness/owner.ts';
import type { ActorTask, Telling } from './messages.ts';

/** A writer's executions belong to a stand-in, which can be ended while the writer is only paused. */
export class ActorProcess {
  readonly task: ActorTask;
  readonly #process: ChildProcess;
  readonly #standIn: ChildProcess;
  readonly #ended: Promise<unknown>;
  isReady = false;
  isPaused = false;
  /** Whether others may take over what it owns. */
  isGivenUp = false;

  constructor(
    bundle: string,
    task: Omit<ActorTask, 'owner'>,
    hear: (telling: Telling, from: ActorProcess) => void,
  ) {
    const forever = ['-e', 'process.stdin.resume()'];
    // It ends with its stdin, so with its parent.
    this.#standIn =
      process.platform === 'win32'
        ? spawn(process.execPath, forever, { stdio: ['pipe', 'ignore', 'ignore'] })
        : spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
    this.task = { ...task, owner: ownerOf(this.#standIn) };
    this.#process = spawn(process.execPath, [bundle, JSON.stringify(this.task)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: this.#process.stdout! });
    lines.on('line', (line) => {
      // A kill may cut the last line: then it was not told.
      if (!line.endsWith('}')) return;
      const telling = JSON.parse(line) as Telling;
      if (telling.type === 'ready') this.isReady = true;
      hear(telling, this);
    });
    this.#ended = Promise.all([once(this.#process, 'exit'), once(lines, 'close')]);
  }

  pause(): void {
    this.isPaused = true;
    this.#process.kill('SIGSTOP');
  }

  goOn(): void {
    this.isPaused = false;
    this.#process.kill('SIGCONT');
  }

  /** Its executions are anybody's from now on. */
  giveUp(): void {
    this.isGivenUp = true;
    this.#standIn.kill('SIGKILL');
  }

  /** Ends with the last word of the process. */
  async kill(): Promise<void> {
    // First the writer: its executions are not to be taken while it lives.
    this.#process.kill('SIGKILL');
    await this.#ended;
    this.giveUp();
  }
}

function ownerOf(standIn: ChildProcess): Owner {
  const pid = standIn.pid!;
  return { ...currentOwner(), pid, startTime: processStartTime(pid) };
}
