import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSnapshot } from '../../src/engine/store/state-follower.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import type { Execution } from '../../src/model/execution.ts';
import {
  cliFile,
  makeWorkspace,
  removeWorkspace,
  runCli,
  startCli,
  until,
  type Finished,
} from './command-line.ts';
import { fillUp, mountReadOnly, mountSmall, type Mounted } from './mounts.ts';

/** Ends the test as skipped, with the reason, where there is no such file system. */
function mounted(test: Mocha.Context, what: Mounted): Extract<Mounted, { kind: 'mounted' }> {
  if (what.kind === 'mounted') return what;
  console.log(`      not run here: ${what.why}`);
  return test.skip();
}

/** Refused with one line that says why and what to do. */
function refused({ status, stderr }: Finished, why: RegExp): void {
  assert.notEqual(status, 0);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
  assert.match(stderr, why);
  assert.doesNotMatch(stderr, /\bE[A-Z]{4,}\b/);
}

const quick = "tasks:\n  work: { shell: sh, run: 'echo hi' }\n";

describe('agent-executor on a file system that', function () {
  this.timeout(60_000);
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const each of undo.splice(0).reverse()) each();
  });

  it('is read-only shows what is there, and refuses the rest in words', async function () {
    const workspace = await makeWorkspace({ hello: quick });
    undo.push(() => void removeWorkspace(workspace));
    assert.equal((await runCli(workspace, ['run', 'hello'])).status, 0);
    const { folder, unmount } = mounted(this, mountReadOnly(workspace));
    undo.push(unmount);

    const list = await runCli(folder, ['list']);
    assert.equal(list.status, 0);
    assert.match(list.stdout, /hello {2}succeeded/);
    assert.match(list.stderr, /warning: .+ cannot be written; executions are shown as they are/);
    for (const args of [
      ['run', 'hello'],
      ['run', 'hello', '--detach'],
      ['clean', '--keep', '0'],
    ]) {
      refused(await runCli(folder, [...args]), /the file system is read-only\. Choose another/);
    }
    const state = await runCli(folder, ['state']);
    assert.match(state.stdout, /finished executions {2}1 {2}\d\.\d KB/);
    const doctor = await runCli(folder, ['doctor']);
    assert.equal(doctor.status, 1);
    assert.match(doctor.stdout, /✗ could not write to .+: the file system is read-only/);
  });

  it('is read-only and has no state folder yet is what doctor finds wrong', async function () {
    const workspace = await makeWorkspace({ hello: quick });
    undo.push(() => void removeWorkspace(workspace));
    const { folder, unmount } = mounted(this, mountReadOnly(workspace));
    undo.push(unmount);
    const doctor = await runCli(folder, ['doctor']);
    assert.equal(doctor.status, 1);
    assert.match(doctor.stdout, /✗ could not prepare the folder .+: the file system is read-only/);
  });

  it('is full for a while goes on when there is room, and loses and doubles nothing', async function () {
    const { folder, unmount } = mounted(this, mountSmall(1024));
    undo.push(unmount);
    const gate = path.join(tmpdir(), `agent-executor-gate-${String(process.pid)}`);
    undo.push(() => {
      rmSync(gate, { force: true });
    });
    const count = 30;
    const names = Array.from({ length: count }, (_, index) => `t${String(index)}`);
    const lines = names.map((name, at) => {
      const run =
        at === 0 ? `while [ ! -e ${gate} ]; do sleep 0.05; done` : `echo ${name} >> ${gate}`;
      const needs = at === 0 ? '' : `needs: ${names[at - 1] ?? ''}, `;
      return `  ${name}: { ${needs}run: '${run}' }`;
    });
    mkdirSync(path.join(folder, 'workflows'));
    const chain = `defaults: { shell: sh }\ntasks:\n${lines.join('\n')}\n`;
    writeFileSync(path.join(folder, 'workflows/chain.yaml'), chain);
    writeFileSync(path.join(folder, 'workflows/loud.yaml'), "tasks: { a: { run: 'seq 9999' } }\n");

    const run = startCli(folder, ['run', 'chain']);
    // It would wait for room for ever when something is wrong.
    undo.push(() => run.child.kill('SIGKILL'));
    const latest = async (): Promise<Execution | undefined> =>
      (await readSnapshot(stateFolderOf(folder))).executions[0];
    await until('its start', () => run.output().includes('t0 started'));
    fillUp(folder);
    // The view was perhaps just being written, and its draft has given its room back.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const free = fillUp(folder);

    assert.equal((await latest())?.status, 'running');
    for (const args of [
      ['run', 'loud'],
      ['run', 'loud', '--detach'],
      ['cancel', 'latest'],
    ]) {
      refused(await runCli(folder, args), /the disk is full\. Free some space/);
    }
    assert.match(
      (await runCli(folder, ['doctor'])).stdout,
      /could not write to .+: the disk is full/,
    );
    writeFileSync(gate, '');
    await until('a word about it', () => run.output().includes('nothing new starts until'));
    assert.match((await runCli(folder, ['list'])).stderr, /warning: .*the disk (of .+ )?is full/);
    free();

    const { status, stderr } = await run.finished;
    assert.equal(status, 0, stderr);
    const words = stderr.trim().split('\n');
    assert.equal(new Set(words).size, words.length, `said twice: ${stderr}`);
    assert.match(stderr, /its state can be written again; it goes on/);
    const over = await latest();
    assert.equal(over?.status, 'succeeded');
    assert.deepEqual(readFileSync(gate, 'utf8').split('\n').filter(Boolean), names.slice(1));
  });

  it('is full for the output of a task says so with its failure', async function () {
    const { folder, unmount } = mounted(this, mountSmall(512));
    undo.push(unmount);
    mkdirSync(path.join(folder, 'workflows'));
    const loud = "tasks: { loud: { shell: sh, run: 'seq 999999' } }\n";
    writeFileSync(path.join(folder, 'workflows/loud.yaml'), loud);
    const { status, stdout } = await runCli(folder, ['run', 'loud']);
    assert.equal(status, 1);
    assert.match(stdout, /exited with code \d+ after .+ \(the disk is full\)/);
  });

  it('belongs to somebody else refuses in words', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const workspace = await makeWorkspace({ hello: quick });
    undo.push(() => void removeWorkspace(workspace));
    assert.equal((await runCli(workspace, ['run', 'hello'])).status, 0);
    spawnSync('chmod', ['-R', 'a+rX', workspace]);
    const asNobody = (...args: readonly string[]): Finished => {
      const words = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, cliFile];
      const done = spawnSync('setpriv', [...words, ...args], { cwd: workspace, encoding: 'utf8' });
      return { status: done.status, stdout: done.stdout, stderr: done.stderr };
    };
    if (asNobody('--version').status !== 0) {
      console.log('      not run here: another user cannot be taken, or cannot read this checkout');
      this.skip();
    }
    const list = asNobody('list');
    assert.match(list.stdout, /hello {2}succeeded/, list.stderr);
    refused(asNobody('run', 'hello'), /access is denied\. Check the permissions/);
    refused(asNobody('run', 'hello', '--detach'), /access is denied\. Check the permissions/);
  });

  it('tells of no change is looked at twice a second, and that is said', async function () {
    const workspace = await makeWorkspace({ hello: quick });
    undo.push(() => void removeWorkspace(workspace));
    const limit = 'echo 0 > /proc/sys/user/max_inotify_instances';
    const words = ['-Ur', 'sh', '-c', `${limit} && exec "$0" "$@"`];
    if (spawnSync('unshare', [...words, 'true']).status !== 0) {
      console.log('      not run here: no namespace without watches can be made');
      this.skip();
    }
    assert.equal((await runCli(workspace, ['run', 'hello'])).status, 0);
    const child = spawn('unshare', [...words, process.execPath, cliFile, 'watch'], {
      cwd: workspace,
    });
    undo.push(() => child.kill('SIGKILL'));
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    }
    await until('a warning', () => text.includes('changes are looked for twice a second'));
    assert.equal((await runCli(workspace, ['run', 'hello'])).status, 0);
    await until('the end of the run', () => /hello \S+ succeeded/.test(text));
  });
});
