import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProcessRequest } from '../../../../../src/engine/run/processes/process-starter.ts';
import type { Spawner } from '../../../../../src/engine/run/processes/spawner.ts';
import { isRunning, until } from '../../../../engine/workspace.ts';
import { openSpawner, perl, shellRequest, Told } from './spawner-rig.ts';

describe('a process that is held', function () {
  if (process.platform !== 'linux' || !existsSync(perl)) return;
  let folder = '';
  let spawner: Spawner;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'held-')));
    spawner = await openSpawner();
    assert.equal(spawner.isReady, true);
  });
  afterEach(() => {
    spawner.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const sh = (script: string, change: Partial<ProcessRequest> = {}): ProcessRequest =>
    shellRequest(folder, script, change);
  const begin = (request: ProcessRequest): Told => {
    const told = new Told();
    assert.ok(spawner.start(request, told.watcher));
    return told;
  };
  const log = (): string => readFileSync(path.join(folder, 'log'), 'utf8');
  /** The pid of the spawner, which is the parent of what it starts. */
  const ownPid = async (): Promise<number> => {
    await begin(sh('echo $PPID', { logFile: path.join(folder, 'parent') })).over();
    return Number(readFileSync(path.join(folder, 'parent'), 'utf8'));
  };
  const hold = (script: string, change: Partial<ProcessRequest> = {}) => {
    const told = new Told();
    const held = spawner.hold(sh(script, change), told.watcher);
    assert.ok(held);
    return Object.assign(told, { held });
  };
  /** The pid of a process that is held; its log is open by then. */
  const heldPid = async (parent: number): Promise<number> => {
    const children = (): string =>
      readFileSync(`/proc/${String(parent)}/task/${String(parent)}/children`, 'utf8').trim();
    await until('it is there', () => children() !== '');
    return Number(children());
  };

  it('waits until it is let go, and then is the very same', async () => {
    const own = await ownPid();
    const told = hold('echo "$$ $(cut -d " " -f 22 /proc/$$/stat)"; exit 3');
    const pid = await heldPid(own);
    await until('its log is open', () => existsSync(path.join(folder, 'log')));
    assert.deepEqual([log(), told.pid, told.exit], ['', null, null]);
    told.held.letGo();
    await told.over();
    assert.deepEqual(told.exit, { kind: 'known', code: 3, signal: null, isAlone: true });
    assert.equal(told.pid, pid);
    assert.equal(log(), `${String(pid)} ${String(told.startTime)}\n`);
  });

  it('is alone: none is held beside it, or while another one runs', async () => {
    assert.equal(spawner.canHold, true);
    const running = begin(sh('exec sleep 60'));
    assert.equal(spawner.canHold, false);
    assert.equal(spawner.hold(sh(': never'), new Told().watcher), null);
    process.kill(await running.spawned(), 'SIGKILL');
    await running.over();
    const told = hold(': first');
    assert.equal(spawner.hold(sh(': never'), new Told().watcher), null);
    const beside = await begin(sh('exit 4')).over();
    assert.ok(beside.exit?.kind === 'known' && beside.exit.code === 4);
    assert.equal(told.exit, null);
    told.held.letGo();
    assert.equal((await told.over()).exit?.kind, 'known');
  });

  it('is not let go by a word that was meant for another one', async () => {
    const own = await ownPid();
    const first = hold('echo first');
    const pid = await heldPid(own);
    process.kill(pid, 'SIGSTOP');
    first.held.letGo();
    process.kill(pid, 'SIGKILL');
    await first.over();
    const second = hold('echo second');
    await heldPid(own);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(log(), '');
    second.held.letGo();
    await second.over();
    assert.equal(log(), 'second\n');
  });

  it('is killed when it is dropped', async () => {
    const own = await ownPid();
    const told = hold('echo never');
    const pid = await heldPid(own);
    told.held.drop();
    await until('it is gone', () => !isRunning(pid));
    await begin(sh(': next', { logFile: path.join(folder, 'next') })).over();
    assert.deepEqual([log(), told.pid, told.exit], ['', null, null]);
    assert.equal(spawner.canHold, true);
  });

  it('ends with the owner of the spawner', async () => {
    const own = await ownPid();
    hold('echo never');
    const pid = await heldPid(own);
    spawner.dispose();
    await until('both are gone', () => !isRunning(own) && !isRunning(pid));
    assert.equal(log(), '');
  });

  it('ends when the spawner is killed', async () => {
    const own = await ownPid();
    hold('echo never');
    const pid = await heldPid(own);
    process.kill(own, 'SIGKILL');
    await until('it is gone', () => !isRunning(pid));
    assert.equal(log(), '');
  });

  it('says why it does not start', async () => {
    const told = hold('', { file: '/nothing' });
    told.held.letGo();
    assert.equal((await told.over()).failure, 'spawn /nothing ENOENT');
    assert.deepEqual([told.pid, told.exit], [null, null]);
  });
});
