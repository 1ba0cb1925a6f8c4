// Whether something that was made is older than what it is made from.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What dist/ is made from. */
export const buildSources = ['src', 'build', 'esbuild.mjs', 'package-lock.json'];

/** What the package is made from; .vscodeignore says what goes into it, and a test compares. */
export const packageSources = [
  ...buildSources,
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'l10n',
  'media',
  'schemas',
  '.vscodeignore',
  'scripts/package.mjs',
];

/**
 * Why something has to be made anew, in words that follow its name; undefined when it has not.
 * @param {string} root         what `sources` are in
 * @param {number} madeMs       the time at which its making began; 0 when there is none
 * @param {readonly string[]} sources
 * @returns {string | undefined}
 */
export function whyStale(root, madeMs, sources) {
  if (madeMs === 0) return 'is not there yet';
  const newest = sources
    .map((source) => newestIn(path.join(root, source)))
    .reduce((one, other) => (other.ms > one.ms ? other : one));
  return newest.ms > madeMs ? `is older than ${path.relative(root, newest.place)}` : undefined;
}

/**
 * When a file was changed last, in milliseconds since 1970; 0 when there is none.
 * @param {string} file
 */
export function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * The newest thing in a folder. Folders count, since removing a file changes theirs.
 * @param {string} place
 * @returns {{ place: string, ms: number }} 0 when there is nothing
 */
function newestIn(place) {
  const stats = statSync(place, { throwIfNoEntry: false });
  const own = { place, ms: stats?.mtimeMs ?? 0 };
  if (stats?.isDirectory() !== true) return own;
  return readdirSync(place)
    .map((entry) => newestIn(path.join(place, entry)))
    .reduce((one, other) => (other.ms > one.ms ? other : one), own);
}
