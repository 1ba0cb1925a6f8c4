import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  needsScriptFile,
  scriptFileOf,
  ShellFinder,
} from '../../../../../src/engine/run/task-kinds/shells.ts';
import { shells } from '../../../../../src/model/workflow.ts';

describe('shells', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'shells-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Puts programs of these names on a PATH of their own. */
  function pathWith(...names: readonly string[]): { readonly PATH: string } {
    const place = path.join(folder, names.join('-') || 'none');
    mkdirSync(place, { recursive: true });
    for (const name of names) {
      writeFileSync(path.join(place, name), '');
      chmodSync(path.join(place, name), 0o755);
    }
    return { PATH: place };
  }

  const expected = {
    bash: ['--noprofile', '--norc', '-eo', 'pipefail', '-c', '--', 'x'],
    sh: ['-ec', '--', 'x'],
    zsh: ['-f', '-eo', 'pipefail', '-c', '--', 'x'],
    python: ['-c', 'x'],
    node: ['--eval=x'],
    pwsh: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', ". '/it''s.ps1'"],
    cmd: ['/d', '/e:on', '/v:off', '/s', '/c', `"call "/it's.cmd""`],
  } as const;

  for (const shell of shells) {
    it(`${shell} gets its script so that the first failing command ends it, and nothing is read beside it`, () => {
      const finder = new ShellFinder('linux');
      const { path: file } = scriptFileOf(shell, 'x', "/it's");
      const script = needsScriptFile(shell, 'x') ? { file } : { text: 'x' };
      const command = finder.command(shell, script, pathWith(shell));
      assert.ok(command.ok);
      assert.deepEqual(command.value.args, expected[shell]);
      assert.equal(command.value.isVerbatim, shell === 'cmd');
      assert.ok(needsScriptFile(shell, 'x'.repeat(20_000)), 'a long one is in a file');
    });
  }

  it('are bash, else sh, and on Windows pwsh, else cmd, where none is named', () => {
    const windows = (...names: readonly string[]): string =>
      new ShellFinder('win32').defaultShell(pathWith(...names.map((name) => `${name}.exe`)));
    const linux = (...names: readonly string[]): string =>
      new ShellFinder('linux').defaultShell(pathWith(...names));
    assert.deepEqual([linux('bash', 'sh'), linux('sh')], ['bash', 'sh']);
    assert.deepEqual([windows('pwsh', 'cmd'), windows('cmd')], ['pwsh', 'cmd']);
  });

  it('that are not there are named, with what can be done', () => {
    const command = new ShellFinder('linux').command('zsh', { text: 'x' }, pathWith());
    assert.equal(
      command.ok ? '' : command.error.message,
      'the shell "zsh" was not found on PATH; install it, or name another one in `shell`',
    );
  });

  it('go on after no error and forget no exit code in PowerShell, and end lines as cmd wants it', () => {
    assert.match(
      scriptFileOf('pwsh', 'x', '/s').content,
      /^\$ErrorActionPreference = 'stop'\nx\n.*exit \$LASTEXITCODE/s,
    );
    assert.equal(scriptFileOf('cmd', 'a\nb', '/s').content, '@echo off\r\na\r\nb\r\n');
  });
});
