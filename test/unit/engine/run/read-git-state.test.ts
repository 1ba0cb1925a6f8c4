import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readGitState } from '../../../../src/engine/run/read-git-state.ts';

const one = '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b';
const other = 'ffffffffffffffffffffffffffffffffffffffff';

describe('readGitState', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'agent-executor-git-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  const at = (folder = '.'): unknown => readGitState(path.join(root, folder));

  it('reads the branch and its commit, also from a folder below', () => {
    write({ '.git/HEAD': 'ref: refs/heads/feature/x\n', '.git/refs/heads/feature/x': `${one}\n` });
    mkdirSync(path.join(root, 'packages/app'), { recursive: true });
    const expected = { branch: 'feature/x', commit: one };
    assert.deepEqual([at(), at('packages/app')], [expected, expected]);
  });

  it('finds the commit among the packed ones', () => {
    write({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/packed-refs': [
        '# pack-refs with: peeled fully-peeled sorted',
        `${other} refs/heads/main-2`,
        `${one} refs/heads/main`,
        `${other} refs/tags/v1`,
        `^${other}`,
        '',
      ].join('\n'),
    });
    assert.deepEqual(at(), { branch: 'main', commit: one });
  });

  it('takes a branch of its own file before a packed one', () => {
    write({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/refs/heads/main': one,
      '.git/packed-refs': `${other} refs/heads/main\n`,
    });
    assert.deepEqual(at(), { branch: 'main', commit: one });
  });

  it('knows no branch where a commit is checked out', () => {
    write({ '.git/HEAD': `${one}\n` });
    assert.deepEqual(at(), { branch: null, commit: one });
  });

  it('knows no commit before the first one', () => {
    write({ '.git/HEAD': 'ref: refs/heads/main\n' });
    assert.deepEqual(at(), { branch: 'main', commit: null });
  });

  it('follows a worktree to its own HEAD and the shared branches', () => {
    write({
      'repo/.git/HEAD': 'ref: refs/heads/main\n',
      'repo/.git/refs/heads/topic': one,
      'repo/.git/worktrees/topic/HEAD': 'ref: refs/heads/topic\n',
      'repo/.git/worktrees/topic/commondir': '../..\n',
      'topic/.git': `gitdir: ${path.join(root, 'repo/.git/worktrees/topic')}\n`,
    });
    assert.deepEqual(at('topic'), { branch: 'topic', commit: one });
  });

  it('follows a submodule, whose place is relative', () => {
    write({
      '.git/modules/lib/HEAD': `${one}\n`,
      'lib/.git': 'gitdir: ../.git/modules/lib\n',
    });
    assert.deepEqual(at('lib'), { branch: null, commit: one });
  });

  it('says nothing of what it cannot read so', () => {
    const unreadable: readonly Readonly<Record<string, string>>[] = [
      { 'a/.git/HEAD': '' },
      { 'b/.git/HEAD': 'ref: refs/heads/.invalid\n' },
      { 'c/.git/HEAD': 'nonsense' },
      { 'd/.git/HEAD': 'x'.repeat(10_000) },
      { 'e/.git': 'not a gitdir line' },
      { 'f/.git': 'gitdir: ../nowhere' },
    ];
    for (const files of unreadable) write(files);
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((folder) => at(folder)),
      [null, null, null, null, null, null],
    );
  });

  it('never leaves the repository, nor goes in circles', () => {
    write({
      secret: one,
      'a/.git/HEAD': 'ref: refs/heads/../../../secret\n',
      'b/.git/HEAD': 'ref: refs/heads/x\n',
      'b/.git/refs/heads/x': 'ref: refs/heads/y\n',
      'b/.git/refs/heads/y': 'ref: refs/heads/x\n',
    });
    assert.deepEqual(at('a'), null);
    assert.deepEqual(at('b'), { branch: 'x', commit: null });
  });
});
