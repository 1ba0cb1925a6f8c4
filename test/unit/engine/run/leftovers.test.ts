import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cheapStartTime } from '../../../../src/engine/liveness/inspect-process.ts';
import { findLeftovers, type Leftover } from '../../../../src/engine/run/leftovers.ts';
import type { Attempt } from '../../../../src/model/execution.ts';
import { newExecution, newTask } from '../../model/build-execution.ts';

describe('findLeftovers', function () {
  let child: ChildProcess;
  before(async function () {
    // Where no start times are recorded, that of the attempt counts, and it is dear to look up.
    if (process.platform === 'win32') this.skip();
    child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], {
      detached: true,
      stdio: 'ignore',
    });
    await new Promise((resolve) => child.once('spawn', resolve));
  });
  after(() => {
    if (process.platform !== 'win32') child.kill('SIGKILL');
  });

  const find = (change: Partial<Attempt>): readonly Leftover[] => {
    const pid = child.pid ?? 0;
    const attempt: Attempt = {
      attempt: 1,
      status: 'interrupted',
      reason: null,
      message: null,
      exitCode: null,
      signal: null,
      startedAt: new Date().toISOString(),
      finishedAt: null,
      log: '',
      pid,
      processStartTime: cheapStartTime(pid),
      ...change,
    };
    const task = newTask('long', { status: 'interrupted', attempt: 1, attempts: [attempt] });
    return findLeftovers({ ...newExecution(['long']), tasks: [task] }, [task], () => null);
  };

  it('finds the process that was recorded', () => {
    assert.deepEqual(find({}), [{ task: 'long', pids: [child.pid] }]);
  });

  it('takes no other process for it that has its number now', () => {
    assert.deepEqual(find({ processStartTime: '1' }), []);
  });

  it('takes none for it without proof', () => {
    assert.deepEqual(find({ processStartTime: null }), []);
  });

  it('asks only about attempts whose end nobody saw', () => {
    assert.deepEqual(find({ status: 'cancelled' }), []);
  });
});
