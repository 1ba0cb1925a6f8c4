import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProcessRequest } from '../../../../../src/engine/run/processes/process-starter.ts';
import { StartEncoder } from '../../../../../src/engine/run/processes/spawner-messages.ts';
import type { Spawner } from '../../../../../src/engine/run/processes/spawner.ts';
import {
  spawnerCalls,
  spawnerScript,
} from '../../../../../src/engine/run/processes/spawner-script.ts';
import { OutputMasks } from '../../../../../src/engine/run/mask-output.ts';
import { startDirectly } from '../../../../../src/engine/run/processes/start-directly.ts';
import { isRunning, until } from '../../../../engine/workspace.ts';
import { openSpawner, perl, shellRequest, Told } from './spawner-rig.ts';

describe('the spawner', function () {
  if (process.platform !== 'linux' || !existsSync(perl)) return;
  let folder = '';
  let spawner: Spawner;
  const held: (() => void)[] = [];

  const open = async (program = perl): Promise<Spawner> => {
    const started = await openSpawner(program);
    held.push(() => {
      started.dispose();
    });
    return started;
  };
  const sh = (script: string, change: Partial<ProcessRequest> = {}): ProcessRequest =>
    shellRequest(folder, script, change);
  const begin = (request: ProcessRequest) => {
    const told = new Told();
    const requested = spawner.start(request, told.watcher);
    assert.ok(requested);
    return Object.assign(told, { requested });
  };
  const log = (): string => readFileSync(path.join(folder, 'log'), 'utf8');
  /** The pid of the spawner, which is the parent of what it starts. */
  const ownPid = async (): Promise<number> => {
    await begin(sh('echo $PPID', { logFile: path.join(folder, 'parent') })).over();
    return Number(readFileSync(path.join(folder, 'parent'), 'utf8'));
  };

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'spawner-')));
    spawner = await open();
    assert.equal(spawner.isReady, true);
  });
  afterEach(() => {
    for (const end of held.splice(0)) end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells of a process, its start time and its end', async () => {
    const told = await begin(sh('exit 3')).over();
    assert.ok((told.pid ?? 0) > 1);
    assert.match(told.startTime ?? '', /^\d+$/);
    assert.deepEqual(told.exit, { kind: 'known', code: 3, signal: null, isAlone: true });
  });

  it('tells a signal from the exit code that shells make of it', async () => {
    const code = await begin(sh('exit 137')).over();
    const signal = await begin(sh('kill -9 $$')).over();
    assert.deepEqual(code.exit, { kind: 'known', code: 137, signal: null, isAlone: true });
    assert.deepEqual(signal.exit, { kind: 'known', code: null, signal: 'SIGKILL', isAlone: true });
  });

  it('says when something is left in the group', async () => {
    const told = await begin(sh('sleep 60 & exit 0')).over();
    assert.ok(told.exit?.kind === 'known' && !told.exit.isAlone);
    process.kill(-(await told.spawned()), 'SIGKILL');
  });

  it('gives the very environment, byte by byte, and has none itself', async () => {
    const shared = { TEXT: 'two\nlines = "ä 漢 🎉"', EMPTY: '' };
    const own = { PERL5OPT: '-MNothing', 'BASH_FUNC_x%%': '() { :; }' };
    const request = {
      file: '/bin/cat',
      args: ['/proc/self/environ'],
      environment: { shared, own },
    };
    await begin(sh('', request)).over();
    const wanted = Object.entries({ ...shared, ...own }).map(
      ([name, value]) => `${name}=${value}\0`,
    );
    assert.equal(log(), wanted.join(''));
    assert.equal(readFileSync(`/proc/${String(await ownPid())}/environ`, 'utf8'), '');
  });

  it('gives each process its own environment over the one that is shared at that time', async () => {
    const first = { A: '1', B: '1', PATH: '/bin' };
    const seen = async (environment: ProcessRequest['environment']): Promise<string> => {
      rmSync(path.join(folder, 'log'), { force: true });
      const request = { file: '/bin/cat', args: ['/proc/self/environ'], environment };
      await begin(sh('', request)).over();
      return log().split('\0').filter(Boolean).sort().join(' ');
    };
    assert.equal(await seen({ shared: first, own: { C: '2' } }), 'A=1 B=1 C=2 PATH=/bin');
    assert.equal(await seen({ shared: first, own: { B: '2' } }), 'A=1 B=2 PATH=/bin');
    assert.equal(await seen({ shared: first, own: { A: '3', B: '3' } }), 'A=3 B=3 PATH=/bin');
    assert.equal(await seen({ shared: first, own: {} }), 'A=1 B=1 PATH=/bin');
    assert.equal(await seen({ shared: {}, own: { A: '4' } }), 'A=4');
    assert.equal(await seen({ shared: { B: '5' }, own: {} }), 'B=5');
    assert.equal(await seen({ shared: {}, own: {} }), '');
  });

  it('says what is shared once', () => {
    const encoder = new StartEncoder();
    const shared = { LONG: 'x'.repeat(10_000) };
    const sizes = ['1', '2', '3'].map(
      (id) =>
        encoder.encode(id, sh('', { environment: { shared, own: { A: id } } }), false)?.length ?? 0,
    );
    assert.ok((sizes[0] ?? 0) > 10_000, String(sizes));
    assert.ok(
      sizes.slice(1).every((size) => size > 0 && size < 500),
      String(sizes),
    );
  });

  it('gives what a direct start gives: descriptors, signals, limits, a session and a group of its own', async () => {
    const told = new Told();
    const script = [
      'for fd in /proc/$$/fd/*; do echo "${fd##*/} $(readlink "$fd")"; done',
      'grep -E "Sig(Blk|Ign|Cgt)|Umask|Threads" /proc/self/status',
      'grep flags /proc/self/fdinfo/0 /proc/self/fdinfo/1 /proc/self/fdinfo/2',
      'ulimit -a; pwd',
      'set -- $(cat /proc/$$/stat); test $1 = $5 && test $1 = $6 && echo leads',
      '(: < /dev/tty) 2>/dev/null || echo no terminal',
    ].join('\n');
    await begin(sh(script)).over();
    // The shell reads each link through a pipe of its own.
    const seen = (): string => log().replaceAll(/pipe:\[\d+\]/g, 'pipe');
    const spawned = seen();
    rmSync(path.join(folder, 'log'));
    spawner.hold(sh(script), told.watcher)?.letGo();
    await told.over();
    assert.equal(spawned, seen());
    rmSync(path.join(folder, 'log'));
    const direct = new Told();
    startDirectly(sh(script), direct.watcher, { platform: 'linux', masks: new OutputMasks() });
    await direct.over();
    assert.equal(spawned, seen());
    assert.match(spawned, /leads\nno terminal\n$/);
  });

  it('appends to a log that only this user can read', async () => {
    await begin(sh('echo one; echo two >&2')).over();
    await begin(sh('echo three')).over();
    assert.equal(log(), 'one\ntwo\nthree\n');
    assert.equal(statSync(path.join(folder, 'log')).mode & 0o777, 0o600);
  });

  it('passes arguments as they are, and runs a script without a first line', async () => {
    await begin(sh('', { args: ['-c', 'printf "<%s>" "$0" "$@"', '', '$HOME\n', '*'] })).over();
    assert.equal(log(), '<><$HOME\n><*>');
    const script = path.join(folder, 'script');
    await begin(sh(`echo 'echo "$TEXT"' > "${script}"; chmod +x "${script}"`)).over();
    const environment = { shared: { TEXT: '=5=' }, own: {} };
    await begin(sh('', { file: script, args: [], environment, logFile: `${script}.log` })).over();
    assert.equal(readFileSync(`${script}.log`, 'utf8'), '=5=\n');
  });

  const failures: Readonly<Record<string, [Partial<ProcessRequest>, RegExp]>> = {
    'a program that is not there': [{ file: '/nothing' }, /^spawn \/nothing ENOENT$/],
    'a program that may not be run': [{ file: '/etc/passwd' }, /^spawn \/etc\/passwd EACCES$/],
    'a folder that is gone': [{ folder: '/nowhere' }, /^spawn \/bin\/sh ENOENT$/],
    'a log that cannot be opened': [{ logFile: '/nowhere/log' }, /^open '\/nowhere\/log' ENOENT$/],
    'an argument that is too long': [{ args: ['x'.repeat(200_000)] }, /^spawn \/bin\/sh E2BIG$/],
  };
  for (const [what, [change, message]] of Object.entries(failures)) {
    it(`says why nothing starts: ${what}`, async () => {
      const told = await begin(sh(': never', change)).over();
      assert.match(told.failure ?? '', message);
      assert.deepEqual([told.pid, told.exit], [null, null]);
      assert.equal((await begin(sh(': next')).over()).exit?.kind, 'known');
    });
  }

  it('leaves a value with a NUL to the other way', () => {
    assert.equal(spawner.start(sh('a\0b'), new Told().watcher), null);
  });

  it('runs many at once and mixes none up', async () => {
    const all = Array.from({ length: 60 }, (_, at) => begin(sh(`exit ${String(at)}`)));
    for (const told of all) await told.over();
    assert.deepEqual(
      all.map(({ exit }) => (exit?.kind === 'known' ? exit.code : null)),
      all.map((_, at) => at),
    );
  });

  it('kills what is dropped before it was told of', async () => {
    const file = path.join(folder, 'pid');
    const told = begin(sh(`echo $$ > "${file}"; exec sleep 60`));
    told.requested.drop();
    // Later ones are handled later, so by then it is known what became of it.
    const next = await begin(sh(': next')).over();
    assert.ok(next.exit);
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    await until('it is gone', () => pid === 0 || !isRunning(pid));
    assert.equal(told.pid, null);
  });

  it('ends with its owner and leaves what it started', async () => {
    const own = await ownPid();
    const pid = await begin(sh('exec sleep 60')).spawned();
    spawner.dispose();
    await until('it has ended', () => !isRunning(own));
    assert.ok(isRunning(pid));
    process.kill(pid, 'SIGKILL');
  });

  it('watches what it started when it is killed, and cannot be used any more', async () => {
    const own = await ownPid();
    const told = begin(sh('exec sleep 60'));
    const pid = await told.spawned();
    process.kill(own, 'SIGKILL');
    await until('that is seen', () => spawner.isReady === false);
    assert.equal(spawner.start(sh(': never'), new Told().watcher), null);
    assert.ok(isRunning(pid));
    assert.equal(told.exit, null);
    process.kill(pid, 'SIGTERM');
    const { exit } = await told.over();
    assert.ok(exit?.kind === 'unknown');
    assert.match(exit.message, /ended from outside \(SIGKILL\), so how it ended is not known/);
  });

  it('finds what was started and not told of when it is killed', async () => {
    const own = await ownPid();
    const variables = { MARK: `${folder} ä` };
    const file = path.join(folder, 'begun');
    process.kill(own, 'SIGSTOP');
    const told = begin(
      sh(`echo > "${file}"; exec sleep 60`, {
        environment: { shared: {}, own: variables },
        variables,
      }),
    );
    // What the spawner would have started at its last moment.
    const twin = spawn('/bin/sleep', ['60'], { env: variables, stdio: 'ignore', detached: true });
    process.kill(own, 'SIGKILL');
    assert.equal(await told.spawned(), twin.pid);
    twin.kill('SIGKILL');
    assert.equal((await told.over()).exit?.kind, 'unknown');
    assert.equal(existsSync(file), false);
  });

  it('ends an attempt of which nothing was started when it is killed', async () => {
    const own = await ownPid();
    process.kill(own, 'SIGSTOP');
    const told = begin(sh(': never', { variables: { MARK: folder } }));
    process.kill(own, 'SIGKILL');
    assert.equal((await told.over()).exit?.kind, 'unknown');
    assert.equal(told.pid, null);
  });

  it('does not work for another owner than the one that started it', async () => {
    const args = ['-e', spawnerScript, '1', ...(spawnerCalls[process.arch] ?? []).map(String)];
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const;
    const child = spawn(perl, args, { stdio: [...stdio], detached: true });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(code, 1);
  });

  it('is not used when it does not answer as it should', async () => {
    const useless = await open('/bin/true');
    assert.equal(useless.isReady, false);
    assert.equal(useless.start(sh(': never'), new Told().watcher), null);
  });
});
