import assert from 'node:assert/strict';
import path from 'node:path';
import { silentLog, systemClock } from '../../../../../src/engine/ports.ts';
import type {
  ProcessExit,
  ProcessRequest,
} from '../../../../../src/engine/run/processes/process-starter.ts';
import { Spawner } from '../../../../../src/engine/run/processes/spawner.ts';
import { until } from '../../../../engine/workspace.ts';

export const perl = '/usr/bin/perl';

/** What was told of one process. */
export class Told {
  pid: number | null = null;
  startTime: string | null = null;
  failure: string | null = null;
  exit: ProcessExit | null = null;
  readonly watcher = {
    onSpawned: (pid: number, startTime: string | null) => {
      this.pid = pid;
      this.startTime = startTime;
    },
    onFailed: (message: string) => {
      this.failure = message;
    },
    onExit: (exit: ProcessExit) => {
      this.exit = exit;
    },
  };

  /** Ends when it failed or is over. */
  async over(): Promise<this> {
    await until('its end', () => this.failure !== null || this.exit !== null);
    return this;
  }

  async spawned(): Promise<number> {
    await until('its start', () => this.pid !== null || this.failure !== null);
    assert.ok(this.pid, String(this.failure));
    return this.pid;
  }
}

/** A spawner that has answered, in whichever way. */
export async function openSpawner(program = perl): Promise<Spawner> {
  const started = Spawner.start({
    perl: program,
    clock: systemClock,
    log: silentLog,
    onSettled: () => undefined,
  });
  assert.ok(started);
  await until('its answer', () => started.isReady !== undefined);
  return started;
}

/** A shell with this script, and its output in `log` of the folder. */
export function shellRequest(
  folder: string,
  script: string,
  change: Partial<ProcessRequest> = {},
): ProcessRequest {
  return {
    file: '/bin/sh',
    args: ['-ec', '--', script],
    isVerbatim: false,
    folder,
    environment: { shared: { PATH: process.env['PATH'] ?? '' }, own: {} },
    variables: {},
    logFile: path.join(folder, 'log'),
    secretWords: [],
    ...change,
  };
}
