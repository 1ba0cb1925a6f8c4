// `npm run package`: builds for production and makes dist-package/agent-executor-<version>.vsix.
// Fails when the package is over its budget, or holds other files than the list says.
//
//   npm run package -- --update-list    writes the list anew, to be read and committed
//   npm run package -- --if-stale       nothing, where there is one and nothing that it is made from is newer
//
// Its status is 2 when the package was made and is at fault, 1 when there is none.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { install, root } from './install.mjs';
import { listZip } from './list-zip.mjs';
import { whileLocked } from './while-locked.mjs';
import { buildSources, packageSources, timeOf, whyStale } from './why-stale.mjs';

const budgetBytes = 1_000_000;
const listFile = 'test/architecture/vsix-content.txt';
const outFolder = 'dist-package';
const listHead = [
  '# What the VSIX holds, and nothing else. After a change that is meant:',
  '#   npm run package -- --update-list',
];

if (!install()) process.exit(1);
process.chdir(root);

/**
 * @param {string[]} args
 * @param {string} cwd
 */
function node(args, cwd = root) {
  const { status } = spawnSync(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status === 0;
}

/**
 * In a folder that holds little else than what is packed: vsce compares every file that it finds, those of installed
 * editors and of earlier runs too, with every pattern, which takes a minute and more.
 * @param {string} file
 */
function pack(file) {
  const stage = path.join(outFolder, 'stage');
  rmSync(stage, { recursive: true, force: true });
  try {
    for (const place of [...packageSources, 'dist']) {
      if (buildSources.includes(place)) continue;
      const filter = (/** @type {string} */ from) => !from.endsWith('.map');
      cpSync(place, path.join(stage, place), { recursive: true, filter });
    }
    const vsce = path.resolve('node_modules/@vscode/vsce/vsce');
    return node([vsce, 'package', '--no-dependencies', '--out', file], stage);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** @param {string} file */
function checkContent(file) {
  const found = listZip(readFileSync(file))
    .map(({ name }) => name)
    .sort();
  if (process.argv.includes('--update-list')) {
    writeFileSync(listFile, [...listHead, ...found, ''].join('\n'));
    console.log(`wrote ${listFile}`);
    return true;
  }
  const wanted = existsSync(listFile)
    ? readFileSync(listFile, 'utf8')
        .split(/\r?\n/)
        .filter((line) => line !== '' && !line.startsWith('#'))
    : [];
  const extra = found.filter((name) => !wanted.includes(name));
  const missing = wanted.filter((name) => !found.includes(name));
  for (const name of extra) console.error(`in the VSIX, but not in ${listFile}: ${name}`);
  for (const name of missing) console.error(`in ${listFile}, but not in the VSIX: ${name}`);
  return extra.length === 0 && missing.length === 0;
}

/** @returns {number} exit status */
function makePackage() {
  const { name, version, main: entry } = JSON.parse(readFileSync('package.json', 'utf8'));
  const file = path.join(outFolder, `${name}-${version}.vsix`);
  if (process.argv.includes('--if-stale')) {
    const why = whyStale(root, timeOf(file), packageSources);
    if (why === undefined) return 0;
    console.log(`Making the package: ${file} ${why}`);
  }
  const startedAt = new Date();
  if (!node(['esbuild.mjs', '--production'])) return 1;
  if (!existsSync(entry)) {
    console.log(`${entry} is not there yet: there is nothing to package.`);
    return 0;
  }
  const fresh = path.resolve(outFolder, 'fresh.part');
  if (!pack(fresh)) return 1;
  // What is changed while it is made is newer than it.
  utimesSync(fresh, startedAt, startedAt);
  // Whoever uses the one that is there goes on with a whole file.
  renameSync(fresh, file);
  for (const old of readdirSync(outFolder).filter((entry) => entry.endsWith('.vsix'))) {
    if (old !== path.basename(file)) rmSync(path.join(outFolder, old));
  }
  const bytes = readFileSync(file).length;
  console.log(`${file}: ${bytes} bytes of ${budgetBytes}`);
  const isSmall = bytes <= budgetBytes;
  if (!isSmall) console.error(`the VSIX is ${bytes - budgetBytes} bytes over its budget`);
  return checkContent(file) && isSmall ? 0 : 2;
}

mkdirSync(outFolder, { recursive: true });
const lockFile = path.join(outFolder, 'making.lock');
process.exitCode = await whileLocked(lockFile, (line) => console.log(line), makePackage);
