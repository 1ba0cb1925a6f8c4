// Puts node_modules in step with package-lock.json, when it is not. Uses nothing but node, since
// it runs on a fresh clone. `node scripts/install.mjs` does it by hand.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The repository's folder. */
export const root = path.resolve(import.meta.dirname, '..');

const attempts = 2;

/** Whether what is installed is what the lock file asks for. */
export function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([place, entry]) => {
    // The root has no version of its own; optional packages may be for another platform.
    if (place === '' || entry.optional === true) return true;
    return present[place]?.version === entry.version;
  });
}

/** Runs `npm ci` when it is needed. Returns whether the packages are there. */
export function install() {
  if (isInstalled()) return true;
  console.log('Installing packages (npm ci)…');
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (npm(['ci', '--no-audit', '--no-fund']) === 0) return true;
    if (attempt < attempts) console.error('npm ci failed; once more…');
  }
  console.error('The packages could not be installed: see the output of npm ci above.');
  return false;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined; // missing or half-written: install
  }
}

/**
 * @param {string[]} args
 * @returns {number} exit status
 */
function npm(args) {
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  // Under `npm start` npm says where it is; by hand it is on PATH (on Windows as a batch file,
  // which only a shell can start; the arguments are the constants above).
  const script = process.env['npm_execpath'];
  const { status } =
    script !== undefined && /npm-cli\.c?js$/.test(script)
      ? spawnSync(process.execPath, [script, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  return status ?? 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = install() ? 0 : 1;
}
