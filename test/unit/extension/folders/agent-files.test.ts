import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../../../../src/engine/ports.ts';
import { AgentFiles, pollMs } from '../../../../src/extension/folders/agent-files.ts';
import { toDisposable } from '../../../../src/model/disposable.ts';
import { FakeClock } from '../fake-clock.ts';

describe('the workflow files of a folder', () => {
  let workspace: string;
  let clock: FakeClock;
  let touch: (file: string) => void;
  let isWatched: boolean;
  let files: AgentFiles;
  let told: (readonly string[])[];

  const fileOf = (agent: string): string => path.join(workspace, 'workflows', `${agent}.yaml`);
  const agents = (): readonly string[] => files.files.map(({ agent }) => agent);
  /** What time brought about goes on in turns of its own. */
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 2000 && !isSo(); turn += 1) await sleep(1);
    assert.ok(isSo());
  };

  beforeEach(async () => {
    workspace = await mkdtemp(path.join(os.tmpdir(), 'agent-files-'));
    await mkdir(path.join(workspace, 'workflows'));
    await writeFile(fileOf('one'), '');
    clock = new FakeClock();
    isWatched = true;
    told = [];
    files = new AgentFiles({
      workspace,
      workflowsFolder: 'workflows',
      watch: (tell) => {
        touch = tell;
        return toDisposable(() => (isWatched = false));
      },
      log: silentLog,
      clock,
    });
    files.onDidChange((touched) => told.push(touched));
  });

  afterEach(async () => {
    files.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('are listed when asked for', async () => {
    await files.refresh();
    assert.deepEqual([agents(), told], [['one'], [[]]]);
  });

  it('are listed once after several events of one save, with what was touched', async () => {
    touch(fileOf('one'));
    clock.pass(50);
    touch(fileOf('two'));
    clock.pass(99);
    assert.deepEqual(told, []);
    clock.pass(1);
    await until(() => told.length === 1);
    assert.deepEqual(told, [[fileOf('one'), fileOf('two')]]);
  });

  it('are found within two seconds when nothing tells of them', async () => {
    await files.refresh();
    await writeFile(fileOf('two'), '');
    clock.pass(pollMs);
    await until(() => told.length === 2);
    assert.deepEqual([agents(), told[1]], [['one', 'two'], []]);
    await until(() => clock.waiting === 1);
    await rm(fileOf('one'));
    clock.pass(pollMs);
    await until(() => told.length === 3);
    assert.deepEqual(agents(), ['two']);
  });

  it('are told of once where a look by itself finds the same', async () => {
    await files.refresh();
    for (let look = 0; look < 3; look += 1) {
      clock.pass(pollMs);
      assert.equal(clock.waiting, 0);
      await until(() => clock.waiting === 1);
    }
    assert.equal(told.length, 1);
  });

  it('are left alone by a look while an event has its time', async () => {
    clock.pass(pollMs - 50);
    touch(fileOf('one'));
    clock.pass(50);
    await until(() => clock.waiting === 2);
    assert.deepEqual(told, []);
    clock.pass(50);
    await until(() => told.length === 1);
    assert.deepEqual(told, [[fileOf('one')]]);
  });

  it('leave nothing behind at the end', async () => {
    touch(fileOf('one'));
    const look = files.refresh();
    files.dispose();
    await look;
    touch(fileOf('one'));
    assert.deepEqual([clock.waiting, told, isWatched], [0, [], false]);
  });
});
