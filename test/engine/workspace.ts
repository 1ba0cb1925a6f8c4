/** A real workspace on disk, and executions in it with real processes. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EngineOptions, RunningExecution } from '../../src/engine/run/engine-options.ts';
import { restartExecution } from '../../src/engine/run/restart-execution.ts';
import { startExecution } from '../../src/engine/run/start-execution.ts';
import type { ExecutionEvent } from '../../src/model/events.ts';
import type { Execution } from '../../src/model/execution.ts';

/** An execution under way, and everything that was recorded of it since it began. */
export interface Run {
  readonly running: RunningExecution;
  readonly finished: Promise<Execution>;
  readonly events: readonly ExecutionEvent[];
}

/** A temporary workspace; `remove` at the end of the test. */
export class Workspace {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'agent-executor-')));
  /** What the engine complained about. */
  readonly complaints: string[] = [];

  /** Writes a workflow file; the id `test` when none is given. */
  workflow(text: string, agent = 'test'): this {
    return this.file(`workflows/${agent}.yaml`, text);
  }

  file(name: string, text: string): this {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return this;
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  options(change: Partial<EngineOptions> = {}): EngineOptions {
    const complain = (message: string): void => {
      this.complaints.push(message);
    };
    return {
      workspace: this.folder,
      environment: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        // All of these tests can be run with and without it.
        AGENT_EXECUTOR_SPAWNER: process.env['AGENT_EXECUTOR_SPAWNER'],
      },
      maxParallel: 4,
      log: { debug: () => undefined, info: () => undefined, warn: complain, error: complain },
      ...change,
    };
  }

  /** Starts the agent; throws when that is refused. */
  async start(
    inputs: Readonly<Record<string, unknown>> = {},
    change: Partial<EngineOptions> & { readonly agent?: string } = {},
  ): Promise<Run> {
    const { agent = 'test', ...options } = change;
    const started = await startExecution(this.options(options), {
      agent,
      inputs,
      trigger: { kind: 'manual', source: 'cli' },
    });
    if (!started.ok) throw new Error(`refused: ${started.error.code}: ${started.error.message}`);
    return record(started.value);
  }

  /** Runs the agent to its end. */
  async run(
    inputs: Readonly<Record<string, unknown>> = {},
    change: Partial<EngineOptions> & { readonly agent?: string } = {},
  ): Promise<Execution> {
    return (await this.start(inputs, change)).finished;
  }

  async restart(
    id: string,
    why: 'retry' | 'resume',
    tasks?: readonly string[],
  ): Promise<Execution> {
    const request = { id, why, by: 'a test', ...(tasks === undefined ? {} : { tasks }) };
    const restarted = await restartExecution(this.options(), request);
    if (!restarted.ok) throw new Error(`refused: ${restarted.error.code}`);
    return restarted.value.finished;
  }

  /** The log of a task's newest attempt. */
  log(execution: Execution, task: string): string {
    const log = taskOf(execution, task).attempts.at(-1)?.log;
    return log === undefined ? '' : readFileSync(path.join(this.stateFolder, log), 'utf8');
  }

  get stateFolder(): string {
    return path.join(this.folder, '.agent-executor');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function record(running: RunningExecution): Run {
  const events: ExecutionEvent[] = [];
  running.onEvent((change) => events.push(...change.events));
  return { running, finished: running.finished, events };
}

/** A task of an execution by its id; throws when there is none. */
export function taskOf(execution: Execution, id: string): Execution['tasks'][number] {
  const task = execution.tasks.find((candidate) => candidate.id === id);
  if (task === undefined) throw new Error(`there is no task "${id}"`);
  return task;
}

/** The status of every task. */
export function statuses(execution: Execution): Readonly<Record<string, string>> {
  return Object.fromEntries(execution.tasks.map((task) => [task.id, task.status]));
}

/** Ends when the condition holds; throws after 15 s. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const endMs = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`waited for ever: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Whether a process runs; one that is over and not reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}
