// `npm run vscode`: VS Code with this extension, on this folder.
//
//   npm run vscode                     desktop VS Code if `code` is on PATH, else in a browser
//   npm run vscode -- ../my-project    on another folder
//   npm run vscode -- --server         in a browser, even where there is a desktop
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-if-stale.mjs';
import { install, root } from './install.mjs';

const packageFolder = path.join(root, 'dist-package');

/**
 * Desktop VS Code on PATH. On Windows `code` is a batch file, which only a shell can start: the
 * program it starts stands one folder above it.
 * @returns {string | undefined}
 */
function findDesktop() {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((part) => part !== '');
  const candidates =
    process.platform === 'win32'
      ? folders
          .filter((folder) => existsSync(path.join(folder, 'code.cmd')))
          .map((folder) => path.join(folder, '..', 'Code.exe'))
      : folders.map((folder) => path.join(folder, 'code'));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  });
}

/**
 * Opens a desktop window; returns whether that went well.
 * @param {string} code
 * @param {string} folder
 */
function openDesktop(code, folder) {
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', folder];
  console.log(`Opening ${folder} with ${code}`);
  if (process.platform === 'win32') {
    // The program itself stays until its window is closed; nobody waits for it.
    const child = spawn(code, args, { stdio: 'ignore', detached: true });
    child.on('error', (error) => console.error(error.message));
    child.unref();
    return true;
  }
  return spawnSync(code, args, { stdio: 'inherit' }).status === 0;
}

/** The newest VSIX in dist-package/, or undefined. */
function findVsix() {
  if (!existsSync(packageFolder)) return undefined;
  return readdirSync(packageFolder)
    .filter((file) => file.endsWith('.vsix'))
    .map((file) => path.join(packageFolder, file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/**
 * Serves VS Code to a browser until Ctrl-C. Resolves to the exit status.
 * @param {string} folder
 * @returns {Promise<number>}
 */
function serve(folder) {
  const script = path.join(root, 'scripts/package.mjs');
  const made = spawnSync(process.execPath, [script, '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  const vsix = findVsix();
  if (vsix === undefined) return Promise.resolve(1);
  if (made.status !== 0) console.error(`The package has faults (above); going on with ${vsix}`);

  const opener = path.join(root, 'test/host/open-for-person.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', opener, folder, vsix], {
    cwd: root,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child by itself (same terminal), which then tidies up.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { server: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const folder = path.resolve(positionals[0] ?? root);
  if (!existsSync(folder)) {
    console.error(`There is no folder ${folder}.`);
    return 2;
  }
  if (!install() || !buildIfStale(['dist/extension.cjs'])) return 1;
  const code = values.server ? undefined : findDesktop();
  if (code !== undefined && openDesktop(code, folder)) return 0;
  return serve(folder);
}

process.exitCode = await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
