import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Arguments of Node that run a script with a `terminal` in it. */
function scriptArguments(script: string): string[] {
  const module = pathToFileURL(path.resolve('src/cli/terminal.ts')).href;
  const head = `const { processTerminal } = await import(${JSON.stringify(module)}); const terminal = processTerminal();`;
  return ['--import', 'tsx', '--input-type=module', '-e', `${head}\n${script}`];
}

describe('terminal', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'agent-executor-terminal-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('writes to a file at once, and in order where both outputs go to one', () => {
    const file = path.join(folder, 'both.txt');
    const both = openSync(file, 'w');
    // Killed without a flush: what a stream would still hold is lost.
    const script = `
      terminal.stdout.write('one ä\\n');
      terminal.stderr.write('two\\n');
      terminal.stdout.write(new TextEncoder().encode('three\\n'));
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, scriptArguments(script), { stdio: ['ignore', both, both] });
    closeSync(both);
    assert.equal(readFileSync(file, 'utf8'), 'one ä\ntwo\nthree\n');
  });

  it('makes no stream for what goes to a file', () => {
    const file = path.join(folder, 'no-stream.txt');
    const output = openSync(file, 'w');
    const script = `
      Object.defineProperty(process, 'stdout', { get: () => { throw new Error('it was made'); } });
      terminal.stdout.write('text\\n');
      await terminal.stdout.flush();
      terminal.dispose();`;
    const stdio = ['ignore', output, 'inherit'] as const;
    const { status } = spawnSync(process.execPath, scriptArguments(script), { stdio: [...stdio] });
    closeSync(output);
    assert.equal(status, 0);
    assert.equal(readFileSync(file, 'utf8'), 'text\n');
  });

  it('says that a full disk takes nothing more', function () {
    if (process.platform !== 'linux') this.skip();
    const full = openSync('/dev/full', 'w');
    const script = `
      let closed = 0;
      terminal.stdout.onDidClose(() => (closed += 1));
      terminal.stdout.write('text');
      terminal.stdout.write('more');
      terminal.stderr.write(String([closed, terminal.stdout.isClosed]));`;
    const { stderr } = spawnSync(process.execPath, scriptArguments(script), {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.equal(stderr, '1,true');
  });

  it('goes on beside a pipe whose reader is slow, and ends when all is read', async () => {
    const bytes = 1024 * 1024;
    const script = `
      terminal.stdout.write('x'.repeat(${String(bytes)}));
      terminal.stderr.write('went on');
      await terminal.stdout.flush();
      process.exit(3);`;
    const child = spawn(process.execPath, scriptArguments(script), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await new Promise((resolve) => child.stderr.once('data', resolve));
    let read = 0;
    child.stdout.on('data', (chunk: Buffer) => (read += chunk.length));
    assert.equal(await ended, 3);
    assert.equal(read, bytes);
  });

  it('tells that the reader of a pipe is gone', async () => {
    const script = `
      terminal.stdout.onDidClose(() => process.exit(terminal.stdout.isClosed ? 3 : 4));
      setInterval(() => terminal.stdout.write('text\\n'), 5);`;
    const child = spawn(process.execPath, scriptArguments(script), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 3);
  });
});
