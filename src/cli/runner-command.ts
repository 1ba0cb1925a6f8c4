import path from 'node:path';
import type { RunnerCommand, RunnerRequest } from '../engine/launch/launch-runner.ts';
import { ok, type Result } from '../model/result.ts';
import { engineOptions, type Workspace } from './open-workspace.ts';
import type { Terminal } from './terminal.ts';

type Wish =
  | Pick<Extract<RunnerRequest, { readonly type: 'start' }>, 'type' | 'request'>
  | Pick<Extract<RunnerRequest, { readonly type: 'restart' }>, 'type' | 'request'>;

/** Starts a runner that goes on without us; the value is the execution's id. */
export async function runDetached(
  terminal: Terminal,
  workspace: Workspace,
  wish: Wish,
): Promise<Result<string>> {
  const { launchRunner } = await import('../engine/launch/launch-runner.ts');
  const command: RunnerCommand = {
    file: process.execPath,
    args: [path.join(import.meta.dirname, 'runner.cjs')],
    env: terminal.environment,
  };
  const { environment: _own, ...engine } = engineOptions(terminal, workspace);
  const launched = await launchRunner(command, { ...wish, engine });
  return launched.ok ? ok(launched.value.id) : launched;
}

/** Prints the id, for `--detach`. */
export function printDetached(terminal: Terminal, id: string, isJson: boolean): void {
  const line = {
    type: 'execution-created',
    at: new Date(terminal.now()).toISOString(),
    execution: id,
  };
  terminal.stdout.write(`${isJson ? JSON.stringify(line) : id}\n`);
}
