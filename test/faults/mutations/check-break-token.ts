/** Two that find the same dead lock: one is held up between its look and the removal. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { viewPath, type StateFolder } from '../../../src/engine/store/state-folder.ts';
import { until, value } from '../../unit/engine/store/fixtures.ts';
import type { BuiltStore } from './build-store.ts';

/** The one that is held up, in a process of its own. */
const slow = `
import fs from 'node:fs';
const [url, workspace, gate] = process.argv.slice(1);
const { acquireViewLock, nodeDisk, stateFolderOf, systemClock } = await import(url);
const cell = new Int32Array(new SharedArrayBuffer(4));
let isFirst = true;
const rmdir = (folder) => {
  if (isFirst) {
    isFirst = false;
    fs.writeSync(1, 'waits;');
    for (let turn = 0; turn < 1000 && !fs.existsSync(gate); turn += 1) Atomics.wait(cell, 0, 0, 10);
  }
  nodeDisk.rmdir(folder);
};
const folder = stateFolderOf(workspace, undefined, { ...nodeDisk, rmdir });
const lock = await acquireViewLock(folder, systemClock);
fs.writeSync(1, lock.ok ? 'holds;' : 'waited in vain;');
setTimeout(() => {}, 20000);
`;

/** Both must never hold the lock at once. */
export async function checkBreakToken(
  { store, url }: BuiltStore,
  folder: StateFolder,
): Promise<void> {
  value(store.ensureStateFolder(folder));
  const lockPath = `${viewPath(folder)}.lock`;
  fs.mkdirSync(lockPath);
  const old = new Date(Date.now() - 60_000);
  fs.utimesSync(lockPath, old, old);
  const gate = path.join(folder.workspace, 'gate');
  const args = ['--input-type=module', '-e', slow, url, folder.workspace, gate];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  try {
    await until('the slow one', () => said.includes('waits'), 20_000);
    let fast = 'waits';
    const attempt = store.acquireViewLock(folder, store.systemClock).then((lock) => {
      fast = lock.ok ? 'holds' : 'waited in vain';
      return lock;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    fs.writeFileSync(gate, '');
    await until('a holder', () => fast === 'holds' || said.includes('holds'), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(!(fast === 'holds' && said.includes('holds')), 'both hold the lock');
    const lock = await attempt;
    if (lock.ok) await lock.value.release();
  } finally {
    child.kill('SIGKILL');
  }
}
