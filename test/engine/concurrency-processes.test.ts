import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { launchRunner } from '../../src/engine/launch/launch-runner.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import type { Execution } from '../../src/model/execution.ts';
import { isExecutionOver } from '../../src/model/status.ts';
import { isRunning, until, Workspace } from './workspace.ts';

const command = {
  file: process.execPath,
  args: [
    '--import',
    import.meta.resolve('tsx'),
    path.join(import.meta.dirname, 'runner-from-source.ts'),
  ],
  env: process.env,
};

/** Each execution has a runner process of its own, as from several windows, terminals and CI jobs. */
describe('a concurrency group of several processes', function () {
  let workspace: Workspace;
  let runners: number[];
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    workspace = new Workspace();
    runners = [];
  });
  afterEach(async () => {
    for (const pid of runners) await until('the runner has ended', () => !isRunning(pid));
    workspace.remove();
  });

  const read = (id: string): Execution => {
    const execution = readExecution(stateFolderOf(workspace.folder), id);
    if (!execution.ok) throw new Error(execution.error.message);
    return execution.value;
  };
  const launch = async (n: string): Promise<string> => {
    const launched = await launchRunner(command, {
      type: 'start',
      engine: { workspace: workspace.folder },
      request: { agent: 'test', inputs: { n }, trigger: { kind: 'manual', source: 'vscode' } },
    });
    if (!launched.ok) throw new Error(`${launched.error.code}: ${launched.error.message}`);
    runners.push(read(launched.value.id).owner!.pid);
    return launched.value.id;
  };
  const is = (id: string, status: string): Promise<void> =>
    until(`${id} is ${status}`, () => read(id).status === status);
  const over = async (id: string): Promise<Execution> => {
    await until(`${id} is over`, () => isExecutionOver(read(id).status));
    return read(id);
  };
  const begun = (n: string): Promise<void> =>
    until(`task ${n} runs`, () => existsSync(path.join(workspace.folder, `begun${n}`)));
  const group = (onConflict: string): void => {
    workspace.workflow(`
concurrency: { group: deploy, on-conflict: ${onConflict} }
inputs: { n: { type: string, required: true } }
tasks:
  a:
    env: { N: '\${{ inputs.n }}' }
    run: 'echo "start $N" >> order; touch "begun$N"; until [ -e "go$N" ]; do sleep 0.02; done; echo "end $N" >> order'
`);
  };

  it('queues in the order of creation, and goes on after one whose process was killed', async () => {
    group('queue');
    const first = await launch('1');
    await begun('1');
    const second = await launch('2');
    await is(second, 'queued');
    const third = await launch('3');
    await is(third, 'queued');
    assert.match(read(second).message ?? '', new RegExp(first));
    workspace.file('go1', '');
    assert.equal((await over(first)).status, 'succeeded');
    await begun('2');
    assert.equal(read(third).status, 'queued');
    process.kill(read(second).owner!.pid, 'SIGKILL');
    await begun('3');
    workspace.file('go2', '').file('go3', '');
    assert.equal((await over(third)).status, 'succeeded');
    const order = workspace.read('order').trimEnd().split('\n');
    assert.deepEqual(
      order.filter((line) => line.startsWith('start') || line === 'end 1'),
      ['start 1', 'end 1', 'start 2', 'start 3'],
    );
  }).timeout(60_000);

  it('cancels the older one', async () => {
    group('cancel');
    const first = await launch('1');
    await begun('1');
    workspace.file('go2', '');
    const second = await launch('2');
    assert.equal((await over(second)).status, 'succeeded');
    const older = await over(first);
    assert.equal(older.status, 'cancelled');
    assert.match(older.message ?? '', new RegExp(second));
  }).timeout(60_000);

  it('fails at once when that is asked for', async () => {
    group('fail');
    const first = await launch('1');
    await begun('1');
    const second = await over(await launch('2'));
    assert.equal(second.status, 'failed');
    assert.match(second.message ?? '', new RegExp(first));
    workspace.file('go1', '');
    assert.equal((await over(first)).status, 'succeeded');
  }).timeout(60_000);
});
