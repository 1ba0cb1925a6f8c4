import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './source-files.ts';

/** Tracked text files. Outside of a git checkout there are none to look at. */
function trackedFiles(): readonly string[] {
  if (!existsSync(path.join(root, '.git'))) return [];
  return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && !/\.(png|ttf|gif|ico)$/.test(file))
    .filter((file) => existsSync(path.join(root, file)));
}

function linesWith(pattern: RegExp): readonly string[] {
  return trackedFiles().flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${String(index + 1)}`] : [])),
  );
}

// Written in pieces, so that this file does not hold what it looks for.
const registryHosts = new RegExp(
  [
    'registry\\.npm' + 'js',
    'npm' + 'mirror',
    'registry\\.yarn' + 'pkg',
    'deb\\.debian' + '\\.org',
  ].join('|'),
);
const machinePaths = new RegExp('(^|[^\\w.-])/(' + ['work', 'farm', 'root'].join('|') + ')/[a-z.]');

describe('tracked files', () => {
  it('name no registry host: which one is used is the choice of whoever installs', () => {
    assert.deepEqual(linesWith(registryHosts), []);
  });

  it('name no path of the machine they were written on', () => {
    assert.deepEqual(linesWith(machinePaths), []);
  });
});
