import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  currentOwner,
  isProcessAlive,
  judgeOwner,
  processStartTime,
} from '../../../../src/engine/liveness/owner.ts';
import { deadOwner } from '../store/fixtures.ts';

describe('an owner', () => {
  it('that is this process lives', () => {
    assert.equal(judgeOwner(currentOwner()), 'alive');
  });

  it('whose process ended is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const owner = {
      ...currentOwner(),
      pid: child.pid!,
      startTime: processStartTime(child.pid!),
    };
    if (process.platform !== 'win32') assert.equal(judgeOwner(owner), 'alive');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(judgeOwner(owner), 'gone');
    assert.equal(judgeOwner(deadOwner()), 'gone');
  });

  it('whose pid another process has is gone', () => {
    const owner = { ...currentOwner(), startTime: '1' };
    assert.equal(judgeOwner(owner), 'gone');
    assert.equal(isProcessAlive(process.pid, '1'), false);
  });

  it('of another boot of this machine is gone', function () {
    if (process.platform !== 'linux') this.skip();
    assert.equal(judgeOwner({ ...currentOwner(), boot: 'another' }), 'gone');
  });

  it('of another machine or another container is unknown, whatever its pid', () => {
    const owner = deadOwner();
    assert.equal(judgeOwner({ ...owner, host: 'elsewhere', boot: 'another' }), 'unknown');
    assert.equal(judgeOwner({ ...owner, pidNamespace: 'pid:[1]' }), 'unknown');
  });

  it('without a start time is never taken for this process nor for gone while its pid is taken', () => {
    assert.equal(judgeOwner({ ...currentOwner(), startTime: null }), 'unknown');
    assert.equal(isProcessAlive(process.pid, null), true);
  });
});
