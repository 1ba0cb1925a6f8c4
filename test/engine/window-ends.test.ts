import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Workspace } from './workspace.ts';

const here = import.meta.dirname;
const bundle = path.resolve(here, '../../dist/extension.cjs');

describe('the extension in a window that ends', () => {
  let workspace: Workspace;
  const children: ChildProcess[] = [];

  before(() => {
    workspace = new Workspace().workflow('tasks:\n  one:\n    run: echo one\n', 'some');
  });
  after(() => {
    for (const child of children) child.kill('SIGKILL');
    workspace.remove();
  });

  /** What it printed, once it did; and its end, which may never come. */
  function open(
    ...args: readonly string[]
  ): Promise<{ text: string; ended: Promise<number | null> }> {
    const script = path.join(here, 'pretend-editor.ts');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', script, bundle, workspace.folder, ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return new Promise((resolve, reject) => {
      child.stdout.once('data', (bytes: Buffer) => {
        resolve({ text: bytes.toString().trim(), ended });
      });
      void ended.then((code) =>
        reject(new Error(`ended with ${String(code)} before it was ready`)),
      );
    });
  }

  it('leaves no timer, watcher or process behind', async () => {
    const { text, ended } = await open();
    assert.equal(text, 'some');
    assert.equal(await ended, 0);
  });

  it('follows its folder for as long as the window is open', async () => {
    const { ended } = await open('stay');
    assert.equal(await Promise.race([ended, sleep(2000, 'open')]), 'open');
  });
});
