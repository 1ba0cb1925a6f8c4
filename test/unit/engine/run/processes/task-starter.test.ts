import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog, systemClock } from '../../../../../src/engine/ports.ts';
import {
  TaskStarter,
  type SpawnerUse,
} from '../../../../../src/engine/run/processes/task-starter.ts';
import { until } from '../../../../engine/workspace.ts';

describe('starting the processes of a run', function () {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/perl')) return;
  let folder = '';
  let starter: TaskStarter;

  const create = (use: SpawnerUse, expected = 0): void => {
    starter = new TaskStarter({
      use,
      platform: process.platform,
      clock: systemClock,
      log: silentLog,
    });
    starter.expect(expected);
  };
  /** Whether a process is started by this one. */
  const isDirect = async (secretWords: readonly string[] = []): Promise<boolean> => {
    const logFile = path.join(folder, 'log');
    rmSync(logFile, { force: true });
    let isOver = false;
    const { flushed } = starter.start(
      {
        file: '/bin/sh',
        args: ['-c', 'echo $PPID'],
        isVerbatim: false,
        folder,
        environment: { shared: {}, own: {} },
        variables: {},
        logFile,
        secretWords,
      },
      {
        onSpawned: () => undefined,
        onFailed: (message) => {
          throw new Error(message);
        },
        onExit: () => {
          isOver = true;
        },
      },
    );
    await until('its end', () => isOver);
    await flushed;
    return Number(readFileSync(logFile, 'utf8')) === process.pid;
  };
  const untilSpawned = async (): Promise<boolean> => {
    for (let count = 0; count < 500; count += 1) if (!(await isDirect())) return true;
    return false;
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'task-starter-'));
  });
  afterEach(() => {
    starter.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is direct at first, and through a spawner once that has answered', async () => {
    create('auto', 1000);
    assert.ok(await isDirect());
    assert.ok(await untilSpawned());
    assert.equal(await isDirect(), false);
  });

  it('stays direct for few', async () => {
    create('auto', 8);
    for (let count = 0; count < 8; count += 1) assert.ok(await isDirect());
  });

  it('stays direct for what is masked, on other systems, and where a person says so', async () => {
    create('always');
    assert.ok(await isDirect(['secret']));
    assert.equal(await isDirect(), false);
    starter.dispose();
    create('off', 1000);
    assert.ok(await isDirect());
  });
});
