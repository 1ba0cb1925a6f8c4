import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../../src/model/execution.ts';
import { isExecutionOver } from '../../src/model/status.ts';
import { repository } from '../host/hosts.ts';
import type { Windows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { testWorkflows, type TestAgent } from './test-workflows.ts';

const waitMs = 30_000;

/** A workspace folder on disk: what a test puts there, and what the product wrote. */
export class TestFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = folder;
  }

  /** A folder with these agents and nothing else; it goes with `windows`. */
  static async make(windows: Windows, ...agents: readonly TestAgent[]): Promise<TestFolder> {
    const folder = new TestFolder(await windows.copyOf());
    await rm(folder.file('workflows'), { recursive: true });
    for (const agent of agents) {
      await folder.write(`workflows/${agent}.yaml`, testWorkflows[agent]);
    }
    return folder;
  }

  /** Absolute path of a file of the folder. */
  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Absolute path of the view file. */
  get viewFile(): string {
    return this.file('.agent-executor/task-executions.json');
  }

  /** Writes a file of the folder, with the folders above it. */
  async write(name: string, text = ''): Promise<void> {
    await mkdir(path.dirname(this.file(name)), { recursive: true });
    await writeFile(this.file(name), text);
  }

  /** Removes a file of the folder; fine when it is not there. */
  remove(name: string): Promise<void> {
    return rm(this.file(name), { force: true });
  }

  /** What the tasks wrote to marks.txt, in order. */
  marks(): readonly string[] {
    if (!existsSync(this.file('marks.txt'))) return [];
    return readFileSync(this.file('marks.txt'), 'utf8').trim().split('\n');
  }

  /** All executions of the view file, newest first; none while there is no such file. */
  async executions(agent?: string): Promise<readonly Execution[]> {
    try {
      const view = JSON.parse(await readFile(this.viewFile, 'utf8')) as {
        readonly executions: readonly Execution[];
      };
      return view.executions.filter((one) => agent === undefined || one.agent === agent);
    } catch {
      return [];
    }
  }

  /** Runs an agent by the button of its row; a new execution is there then. */
  async run(window: AppWindow, agent: string): Promise<void> {
    const known = new Set((await this.executions()).map(({ id }) => id));
    await window.views.inlineAction('Agents', agent, 'Run Workflow', async () =>
      (await this.executions()).some(({ id }) => !known.has(id)),
    );
  }

  /** Waits until the newest execution of an agent is as wanted. */
  async execution(
    agent: string,
    what: string,
    isWanted: (execution: Execution) => boolean,
  ): Promise<Execution> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const [newest] = await this.executions(agent);
      if (newest !== undefined && isWanted(newest)) return newest;
      if (Date.now() > deadline) {
        throw new Error(
          `waited ${String(waitMs)} ms in vain for ${agent} ${what}; it is ${JSON.stringify(newest)}`,
        );
      }
      await sleep(50);
    }
  }

  /** Waits until the newest execution of an agent is over. */
  over(agent: string): Promise<Execution> {
    return this.execution(agent, 'to be over', ({ status }) => isExecutionOver(status));
  }

  /** Waits until a task of the newest execution of an agent has a status. */
  task(agent: string, task: string, status: string): Promise<Execution> {
    return this.execution(agent, `with ${task} ${status}`, ({ tasks }) =>
      tasks.some((one) => one.id === task && one.status === status),
    );
  }

  /** Ends what waits at a gate or talks, once the newest execution of the agent is over. */
  async finish(agent: string): Promise<Execution> {
    await this.write('go');
    const execution = await this.over(agent);
    await this.remove('go');
    return execution;
  }
}

/** A run of the command line in a process of its own, as from a terminal. */
export interface TerminalRun {
  readonly pid: number;
  /** What it wrote to stdout and stderr, once it ended. */
  readonly finished: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

/** Starts `agent-executor <args> -C <folder>`; the built command line that goes with the package. */
export function startInTerminal(folder: TestFolder, ...args: readonly string[]): TerminalRun {
  const child = spawn(process.execPath, [commandLine(), ...args, '-C', folder.path], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  const add = (bytes: Buffer): void => {
    output += bytes.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const finished = new Promise<{ exitCode: number | null; output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
  return { pid: child.pid ?? 0, finished };
}

/** Whether a process is there (a zombie is not). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    // No /proc on this system.
    return true;
  }
}

function commandLine(): string {
  const vsix = process.env['AGENT_EXECUTOR_VSIX'];
  const beside = vsix === undefined ? '' : path.resolve(path.dirname(vsix), '../dist/cli.cjs');
  return existsSync(beside) ? beside : path.join(repository, 'dist/cli.cjs');
}
