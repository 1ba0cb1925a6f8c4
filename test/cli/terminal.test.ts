import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { cliFile, makeWorkspace, removeWorkspace } from './command-line.ts';
import { screenAfter } from './terminal-screen.ts';

/** Runs a command on a terminal; each send is what to wait for and what to type then. */
function onTerminal(
  folder: string,
  args: readonly string[],
  sends: readonly (readonly [string, string])[] = [],
): Promise<{ readonly status: number | null; readonly output: string }> {
  const typed = sends.flatMap(([after, text]) => ['--send', `${after}=${text}`]);
  const pty = path.join(import.meta.dirname, 'on-terminal.py');
  const { CI: _ci, NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = process.env;
  const child = spawn(
    'python3',
    [pty, '80', '24', ...typed, '--', process.execPath, cliFile, ...args],
    { cwd: folder, env: { ...rest, TERM: 'xterm-256color' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}

describe('agent-executor on a terminal', function () {
  this.timeout(60_000);
  let folder: string;
  before(async function () {
    if (process.platform === 'win32' || spawnSync('python3', ['--version']).status !== 0) {
      console.log('      skipped: python3 and a Unix terminal are needed to have a pty');
      this.skip();
    }
    folder = await makeWorkspace({}, true);
  });
  after(() => removeWorkspace(folder));

  it('draws in place and leaves a clean screen with the outcome', async () => {
    const { status, output } = await onTerminal(folder, ['run', 'hello']);
    assert.equal(status, 0);
    const screen = screenAfter(output, 80);
    const words = screen.map((line) =>
      line.replace(/ {2}\d.* m?s$/, '').replace(/after .* m?s:/, 'after T:'),
    );
    assert.deepEqual(words, [
      '  ✓ prepare succeeded',
      '  ✓ greet   succeeded',
      '  ✓ machine succeeded',
      '  ✓ count   succeeded',
      '  ✓ wave    succeeded',
      '',
      '✓ Hello succeeded after T: 5 succeeded',
      '  greeting: Hello, World!',
      '',
    ]);
    assert.match(output, /step \d of 5/, 'the last line of output of a task was shown');
    assert.equal(output.split('\u001b[?25l').length, 2, 'the cursor was hidden once');
    assert.ok(output.lastIndexOf('\u001b[?25h') > output.lastIndexOf('\u001b[?25l'));
  });

  it('asks for what is missing until it is right', async () => {
    const { status, output } = await onTerminal(
      folder,
      ['run', 'release-check', '-i', 'channel=beta'],
      [
        ['22m: ', 'one\\r'],
        ['does not', ''],
        ['22m: ', '1.2.3\\r'],
        ['Publish 1.2.3', '\\x03'],
      ],
    );
    assert.match(output, /Version to publish, for example 1\.2\.0/);
    assert.match(output, /the input "version" must match/);
    assert.equal(status, 130);
    const screen = screenAfter(output, 80);
    assert.match(screen.join('\n'), /^■ Release check cancelled after/m);
    assert.match(screen.join('\n'), /^ {2}✓ tidy +succeeded/m);
  });

  it('gives up with 130 when a question is not answered', async () => {
    const { status } = await onTerminal(folder, ['run', 'release-check'], [['22m: ', '\\x03']]);
    assert.equal(status, 130);
  });

  it('asks before it retries', async () => {
    await onTerminal(folder, ['run', 'flaky', '-i', 'mode=broken']);
    const { status, output } = await onTerminal(folder, ['retry', 'latest'], [['[y/N]', 'n\\r']]);
    assert.equal(status, 0);
    assert.match(output, /connect.*runs again/);
    assert.doesNotMatch(output, /Flaky.*failed after/);
  });

  it('colours on a terminal', async () => {
    const coloured = await onTerminal(folder, ['list']);
    assert.match(coloured.output, /\u001b\[3\dm/);
  });
});
