// `npm run package`: builds for production and makes dist-package/agent-executor-<version>.vsix.
// Fails when the package is over its budget, or holds other files than the list says.
//
//   npm run package -- --update-list    writes the list anew, to be read and committed
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { install, root } from './install.mjs';
import { listZip } from './list-zip.mjs';

const budgetBytes = 1_000_000;
const listFile = 'test/architecture/vsix-content.txt';
const outFolder = 'dist-package';
const listHead = [
  '# What the VSIX holds, and nothing else. After a change that is meant:',
  '#   npm run package -- --update-list',
];

if (!install()) process.exit(1);
process.chdir(root);

/** @param {string[]} args */
function node(args) {
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
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

function main() {
  const { name, version, main: entry } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (!node(['esbuild.mjs', '--production'])) return false;
  if (!existsSync(entry)) {
    console.log(`${entry} is not there yet: there is nothing to package.`);
    return true;
  }
  mkdirSync(outFolder, { recursive: true });
  for (const old of readdirSync(outFolder).filter((file) => file.endsWith('.vsix'))) {
    rmSync(path.join(outFolder, old));
  }
  const file = path.join(outFolder, `${name}-${version}.vsix`);
  const vsce = ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', file];
  if (!node(vsce)) return false;
  const bytes = readFileSync(file).length;
  console.log(`${file}: ${bytes} bytes of ${budgetBytes}`);
  const isSmall = bytes <= budgetBytes;
  if (!isSmall) console.error(`the VSIX is ${bytes - budgetBytes} bytes over its budget`);
  return checkContent(file) && isSmall;
}

process.exitCode = main() ? 0 : 1;
