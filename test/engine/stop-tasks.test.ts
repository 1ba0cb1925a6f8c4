import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isRunning, statuses, taskOf, until, Workspace } from './workspace.ts';

describe('stopping tasks', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  const exists = (name: string): boolean => existsSync(path.join(workspace.folder, name));
  const pidIn = (name: string): number => Number(workspace.read(name));

  it('ends the whole tree of a task that runs too long, grandchildren included', async () => {
    workspace.workflow(`
tasks:
  slow:
    timeout: 300ms
    run: |
      sh -c 'sleep 60 & echo $! > grandchild; wait' &
      echo $! > child
      wait
`);
    const execution = await workspace.run();
    const slow = taskOf(execution, 'slow');
    assert.deepEqual([slow.status, slow.reason], ['failed', 'timeout']);
    assert.equal(slow.message, 'ran longer than its timeout of 300 ms');
    assert.equal(isRunning(pidIn('child')), false);
    assert.equal(isRunning(pidIn('grandchild')), false);
    assert.equal(execution.reason, 'timeout');
  });

  it('ends a process that ignores SIGINT by SIGTERM', async () => {
    workspace.workflow(`
tasks:
  stubborn: { run: "trap '' INT; echo $$ > pid; while true; do sleep 0.05; done" }
`);
    const run = await workspace.start();
    await until('it runs', () => exists('pid'));
    run.running.cancel('a test');
    const execution = await run.finished;
    assert.equal(execution.status, 'cancelled');
    assert.equal(isRunning(pidIn('pid')), false);
  }).timeout(30_000);

  it('finds what left the process group and lost its parent', async function () {
    if (process.platform !== 'linux') this.skip();
    workspace.workflow(`
tasks:
  daemon: { run: "(setsid sh -c 'echo $$ > daemon; sleep 60' &) ; until [ -s daemon ]; do sleep 0.02; done; touch ready; sleep 60" }
`);
    const run = await workspace.start();
    await until('the daemon runs', () => exists('ready'));
    run.running.cancel('a test');
    await run.finished;
    assert.equal(isRunning(pidIn('daemon')), false);
  }).timeout(30_000);

  it('cancels what runs, what waits and what has not started, and still tidies up', async () => {
    workspace.workflow(`
max-parallel: 2
tasks:
  running: { run: 'touch started; sleep 60' }
  retrying: { run: exit 1, retry: { max: 3, delay: 1m } }
  approval: { approval: { message: 'Go?' } }
  later: { needs: running, run: touch never }
  always: { needs: running, if: always(), run: touch always }
finally:
  tidy: { run: touch tidied }
`);
    const run = await workspace.start();
    await until('all are under way', () => {
      const now = statuses(run.running.execution);
      return exists('started') && now['retrying'] === 'retrying' && now['approval'] === 'waiting';
    });
    run.running.cancel('a test');
    const execution = await run.finished;
    assert.equal(execution.status, 'cancelled');
    assert.equal(execution.message, 'cancelled by a test');
    assert.deepEqual(statuses(execution), {
      running: 'cancelled',
      retrying: 'cancelled',
      approval: 'cancelled',
      later: 'cancelled',
      always: 'succeeded',
      tidy: 'succeeded',
    });
    assert.equal(taskOf(execution, 'later').message, 'the execution was cancelled');
    assert.ok(exists('tidied') && exists('always') && !exists('never'));
    const types = run.events.map((event) => event.type);
    assert.ok(types.indexOf('execution-cancelling') < types.lastIndexOf('task-started'));
  }).timeout(30_000);

  it('kills at once when it is cancelled twice, finally tasks too', async () => {
    workspace.workflow(`
tasks:
  stubborn: { run: "trap '' INT TERM; echo $$ > pid; while true; do sleep 0.05; done" }
finally:
  tidy: { run: touch tidied }
`);
    const run = await workspace.start();
    await until('it runs', () => exists('pid'));
    run.running.cancel('a test');
    await until('it is cancelling', () => run.running.execution.status === 'cancelling');
    run.running.cancel('a test');
    const execution = await run.finished;
    assert.deepEqual(statuses(execution), { stubborn: 'cancelled', tidy: 'cancelled' });
    assert.equal(execution.message, 'killed by a test');
    assert.equal(isRunning(pidIn('pid')), false);
    assert.equal(exists('tidied'), false);
  });

  it('fails an execution whose tidying up fails after a cancel', async () => {
    workspace.workflow(`
tasks: { long: { run: 'touch started; sleep 60' } }
finally: { tidy: { run: exit 4 } }
`);
    const run = await workspace.start();
    await until('it runs', () => exists('started'));
    run.running.cancel('a test');
    const execution = await run.finished;
    assert.equal(execution.status, 'failed');
    assert.match(execution.message ?? '', /task "tidy" exited with code 4/);
  });

  it('cancels what runs when the whole workflow takes too long', async () => {
    workspace.workflow(`
timeout: 300ms
tasks:
  long: { run: 'sleep 60' }
  later: { needs: long, run: touch never }
finally:
  tidy: { if: failure(), run: touch tidied }
`);
    const execution = await workspace.run();
    assert.deepEqual([execution.status, execution.reason], ['failed', 'timeout']);
    assert.equal(execution.message, "ran longer than the workflow's timeout of 300 ms");
    assert.deepEqual(statuses(execution), {
      long: 'cancelled',
      later: 'cancelled',
      tidy: 'succeeded',
    });
  });

  it('tries a failed task again until it succeeds', async () => {
    workspace.workflow(`
tasks:
  flaky:
    retry: { max: 3, delay: 10ms }
    run: echo "$AGENT_ATTEMPT" >> tries; [ "$AGENT_ATTEMPT" = 3 ]
`);
    const run = await workspace.start();
    const execution = await run.finished;
    assert.equal(execution.status, 'succeeded');
    assert.equal(workspace.read('tries'), '1\n2\n3\n');
    const flaky = taskOf(execution, 'flaky');
    assert.deepEqual(
      flaky.attempts.map(({ attempt, status, exitCode }) => ({ attempt, status, exitCode })),
      [
        { attempt: 1, status: 'failed', exitCode: 1 },
        { attempt: 2, status: 'failed', exitCode: 1 },
        { attempt: 3, status: 'succeeded', exitCode: 0 },
      ],
    );
    assert.equal(run.events.filter((event) => event.type === 'task-retrying').length, 2);
  });

  it('gives up after the last attempt, and at once for a failure that `on` does not name', async () => {
    workspace.workflow(`
tasks:
  often: { run: exit 7, retry: { max: 2, delay: 10ms, on: [7] } }
  once: { run: exit 8, retry: { max: 2, delay: 10ms, on: [7, timeout] } }
`);
    const execution = await workspace.run();
    assert.equal(taskOf(execution, 'often').attempt, 3);
    assert.equal(taskOf(execution, 'once').attempt, 1);
  });

  it('runs finally tasks in the order of their needs after a failure', async () => {
    workspace.workflow(`
tasks: { bad: { run: exit 1 } }
finally:
  first: { run: echo 1 >> order }
  second: { needs: first, run: 'echo 2 >> order' }
  told: { if: failure(), run: 'true' }
  notTold: { if: success(), run: 'true' }
`);
    const execution = await workspace.run();
    assert.equal(workspace.read('order'), '1\n2\n');
    assert.deepEqual(statuses(execution), {
      bad: 'failed',
      first: 'succeeded',
      second: 'succeeded',
      told: 'succeeded',
      notTold: 'skipped',
    });
  });

  it('does not run anything when it is cancelled before it began', async () => {
    workspace.workflow(`
tasks: { a: { run: touch never } }
finally: { b: { run: touch never } }
`);
    const run = await workspace.start();
    run.running.cancel('a test');
    const execution = await run.finished;
    assert.equal(execution.status, 'cancelled');
    assert.equal(exists('never'), false);
  });
});
