import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunnerRequest } from '../../src/engine/launch/launch-runner.ts';
import { launchRunner } from '../../src/engine/launch/launch-runner.ts';
import { recoverInterrupted } from '../../src/engine/liveness/recover.ts';
import { findLeftovers } from '../../src/engine/run/leftovers.ts';
import { sendRequest } from '../../src/engine/store/inbox.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import type { Execution } from '../../src/model/execution.ts';
import { isExecutionOver } from '../../src/model/status.ts';
import { isRunning, statuses, taskOf, until, Workspace } from './workspace.ts';

const source = (file: string): string =>
  fileURLToPath(new URL(`../../src/${file}`, import.meta.url));
const command = {
  file: process.execPath,
  args: [
    '--import',
    import.meta.resolve('tsx'),
    path.join(import.meta.dirname, 'runner-from-source.ts'),
  ],
  env: process.env,
};

describe('the runner', () => {
  let workspace: Workspace;
  let runners: number[];
  beforeEach(() => {
    workspace = new Workspace();
    runners = [];
  });
  // A runner writes until it ends: its folder goes after it.
  afterEach(async () => {
    for (const pid of runners) await gone(pid);
    workspace.remove();
  });

  const start = (inputs: Readonly<Record<string, unknown>> = {}): RunnerRequest => ({
    type: 'start',
    engine: { workspace: workspace.folder },
    request: { agent: 'test', inputs, trigger: { kind: 'manual', source: 'vscode' } },
  });
  const launch = async (request: RunnerRequest): Promise<string> => {
    const launched = await launchRunner(command, request);
    if (!launched.ok) throw new Error(`${launched.error.code}: ${launched.error.message}`);
    const { id } = launched.value;
    runners.push(read(id).owner!.pid);
    return id;
  };
  const read = (id: string): Execution => {
    const execution = readExecution(stateFolderOf(workspace.folder), id);
    if (!execution.ok) throw new Error(execution.error.message);
    return execution.value;
  };
  const over = async (id: string): Promise<Execution> => {
    await until('the execution is over', () => isExecutionOver(read(id).status));
    return read(id);
  };
  const gone = async (pid: number): Promise<void> => {
    await until('the runner has ended', () => !isRunning(pid));
  };
  const has = (file: string): boolean => existsSync(path.join(workspace.folder, file));

  it('creates the execution, answers, runs it and ends', async () => {
    workspace.workflow(`tasks: { a: { run: 'echo "\${ELECTRON_RUN_AS_NODE-none}"' } }`);
    const id = await launch(start());
    const created = read(id);
    assert.notEqual(created.owner?.pid, process.pid);
    const execution = await over(id);
    assert.equal(execution.status, 'succeeded');
    assert.equal(workspace.log(execution, 'a'), 'none\n');
    await gone(created.owner!.pid);
    const view = JSON.parse(workspace.read('.agent-executor/task-executions.json')) as {
      readonly executions: readonly Execution[];
    };
    assert.equal(view.executions[0]?.status, 'succeeded');
    assert.equal(workspace.read('.agent-executor/runner.log'), '');
  });

  it('answers with the refusal, and records nothing', async () => {
    workspace.workflow(`
inputs: { v: { type: string, required: true } }
tasks: { a: { run: 'true' } }
`);
    const launched = await launchRunner(command, start());
    assert.equal(launched.ok ? 'started' : launched.error.code, 'bad-input');
  });

  it('says what went wrong when the runner cannot answer', async () => {
    workspace.workflow(`tasks: { a: { run: 'true' } }`);
    const crashing = { ...command, args: ['-e', 'process.exit(9)'] };
    const crashed = await launchRunner(crashing, start());
    assert.equal(
      !crashed.ok && crashed.error.message,
      'the runner ended with code 9 before it created the execution',
    );
    const missing = await launchRunner({ ...command, file: '/no/such/node' }, start());
    assert.match((!missing.ok && missing.error.message) || '', /could not be started/);
    const silent = { ...command, args: ['-e', 'setInterval(() => {}, 1000)'] };
    const waited = await launchRunner(silent, start(), { timeoutMs: 200 });
    assert.match((!waited.ok && waited.error.message) || '', /did not answer within 0.2 s/);
  });

  it('survives the end of its launcher, and its hang-up', async () => {
    workspace.workflow(`
tasks: { a: { run: 'touch started; until [ -e go ]; do sleep 0.05; done' } }
`);
    const script = path.join(workspace.folder, 'launch.mts');
    workspace.file(
      'launch.mts',
      `import { launchRunner } from ${JSON.stringify(source('engine/launch/launch-runner.ts'))};
const launched = await launchRunner(${JSON.stringify({ ...command, env: { PATH: process.env['PATH'] } })}, ${JSON.stringify(start())});
console.log(launched.ok ? launched.value.id : launched.error.message);
setInterval(() => {}, 1000);
`,
    );
    const launcher = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    let id = '';
    launcher.stdout.on('data', (chunk: Buffer) => (id += String(chunk)));
    await until('the task runs', () => has('started') && id.endsWith('\n'));
    process.kill(-launcher.pid!, 'SIGKILL');
    const { pid } = read(id.trim()).owner!;
    process.kill(pid, 'SIGHUP');
    workspace.file('go', '');
    assert.equal((await over(id.trim())).status, 'succeeded');
    await gone(pid);
  });

  it('cancels on SIGTERM and on a request, and tidies up', async () => {
    workspace.workflow(`
tasks: { a: { run: 'touch "started$N"; sleep 60', env: { N: '\${{ inputs.n }}' } } }
inputs: { n: { type: string, required: true } }
finally: { f: { run: 'true' } }
`);
    const byRequest = await launch(start({ n: '1' }));
    const bySignal = await launch(start({ n: '2' }));
    await until('both run', () => has('started1') && has('started2'));
    const folder = stateFolderOf(workspace.folder);
    sendRequest(folder, byRequest, { type: 'cancel', task: null, by: 'somebody' });
    process.kill(read(bySignal).owner!.pid, 'SIGTERM');
    for (const [id, by] of [
      [byRequest, 'somebody'],
      [bySignal, 'SIGTERM'],
    ] as const) {
      const execution = await over(id);
      assert.equal(execution.message, `cancelled by ${by}`);
      assert.deepEqual(statuses(execution), { a: 'cancelled', f: 'succeeded' });
    }
  });

  it('is found when it was killed; a resume ends what it left and runs only the rest', async () => {
    workspace.workflow(`
tasks:
  done: { run: echo x >> done }
  long: { needs: done, run: 'echo $$ >> pids; [ -e go ] || sleep 60' }
  last: { needs: long, run: 'true' }
`);
    const id = await launch(start());
    await until('the task runs', () => has('pids'));
    await until('its process is known', () =>
      taskOf(read(id), 'long').attempts.some((one) => one.pid !== null),
    );
    const { pid } = read(id).owner!;
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    const folder = stateFolderOf(workspace.folder);
    const [interrupted] = recoverInterrupted(folder, [read(id)]);
    assert.equal(interrupted?.status, 'interrupted');
    assert.deepEqual(statuses(interrupted), {
      done: 'succeeded',
      long: 'interrupted',
      last: 'interrupted',
    });
    const orphan = Number(workspace.read('pids'));
    assert.equal(isRunning(orphan), true);
    const left = findLeftovers(interrupted, interrupted.tasks, () => null);
    assert.deepEqual(
      left.map(({ task, pids }) => [task, pids[0]]),
      [['long', orphan]],
    );
    workspace.file('go', '');
    const again = await launch({
      type: 'restart',
      engine: { workspace: workspace.folder },
      request: { id, why: 'resume', by: 'a test' },
    });
    assert.equal(again, id);
    const resumed = await over(id);
    assert.deepEqual(statuses(resumed), {
      done: 'succeeded',
      long: 'succeeded',
      last: 'succeeded',
    });
    assert.equal(workspace.read('done'), 'x\n');
    assert.equal(isRunning(orphan), false);
    assert.deepEqual(
      findLeftovers(interrupted, interrupted.tasks, () => null),
      [],
    );
  });

  it('is found when it was killed: what it left of an agent that a task uses', async () => {
    workspace.workflow('tasks: { call: { uses: ./other.yaml } }');
    workspace.file('workflows/other.yaml', "tasks: { long: { run: 'echo $$ >> pids; sleep 60' } }");
    const id = await launch(start());
    await until('the task runs', () => has('pids'));
    const child = (): Execution | null => {
      const { child: used } = taskOf(read(id), 'call');
      return used === null ? null : read(used);
    };
    await until(
      'its process is known',
      () => typeof child()?.tasks[0]?.attempts[0]?.pid === 'number',
    );
    const { pid } = read(id).owner!;
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    const [interrupted] = recoverInterrupted(stateFolderOf(workspace.folder), [read(id)]);
    const orphan = Number(workspace.read('pids'));
    const left = findLeftovers(interrupted!, interrupted!.tasks, read);
    process.kill(-orphan, 'SIGKILL');
    assert.deepEqual(
      left.map(({ task, pids }) => [task, pids[0]]),
      [['call / long', orphan]],
    );
  });

  it('refuses a request that is none', () => {
    const run = spawnSync(command.file, command.args, { input: '{"type":"sta', encoding: 'utf8' });
    assert.equal(run.status, 2);
    assert.match(run.stdout, /"refused".*no JSON/);
    assert.equal(readFileSync(source('cli/run-requested.ts'), 'utf8').includes('console'), false);
  });
});
