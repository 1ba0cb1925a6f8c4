import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { whileLocked } from '../../../scripts/while-locked.mjs';

/** Told of a wait where there is none to be. */
const nobody = (line: string): never => assert.fail(line);

describe('work that one process does at a time', () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'locked-'));
    lock = path.join(folder, 'making.lock');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('waits for the other one, says so once, and leaves no lock behind', async () => {
    const order: string[] = [];
    const lines: string[] = [];
    let endFirst = (): void => undefined;
    let first: Promise<void> | undefined;
    await new Promise<void>((begun) => {
      first = whileLocked(lock, nobody, async () => {
        order.push('first begins');
        await new Promise<void>((resolve) => {
          endFirst = resolve;
          begun();
        });
        order.push('first ends');
      });
    });
    const report = (line: string): void => {
      lines.push(line);
      endFirst();
    };
    const second = whileLocked(lock, report, () => void order.push('second'));
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first begins', 'first ends', 'second']);
    assert.deepEqual(lines, [`waiting for process ${process.pid}, which makes the same`]);
    assert.equal(existsSync(lock), false);
  });

  it('takes the lock of a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(lock, String(pid));
    assert.equal(await whileLocked(lock, nobody, () => 'done'), 'done');
  });

  it('lets others in after work that failed', async () => {
    const failing = whileLocked(lock, nobody, () => {
      throw new Error('no room');
    });
    await assert.rejects(failing, /no room/);
    assert.equal(existsSync(lock), false);
  });
});
