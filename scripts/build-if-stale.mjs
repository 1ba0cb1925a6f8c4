// Builds dist/ when it is missing or older than what it is made from.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const sources = ['src', 'build', 'esbuild.mjs', 'package-lock.json'];
const stamp = 'out/meta/built';

/**
 * Builds if needed. Returns whether dist/ is up to date.
 * @param {string[]} files that dist/ must have
 */
export function buildIfStale(files) {
  const built = timeOf(stamp);
  const isComplete = files.every((file) => timeOf(file) > 0);
  if (isComplete && sources.every((source) => newestIn(path.join(root, source)) <= built)) {
    return true;
  }
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], {
    cwd: root,
    // The build's lines are not part of what is run afterwards: keep stdout clean.
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

/** @param {string} file */
function timeOf(file) {
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Time of the newest thing in a folder. Folders count, since removing a file changes theirs.
 * @param {string} place
 * @returns {number} milliseconds since 1970; 0 when there is nothing
 */
function newestIn(place) {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const times = readdirSync(place).map((entry) => newestIn(path.join(place, entry)));
  return Math.max(stats.mtimeMs, ...times);
}
