import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './hosts.ts';
import type { Report } from './install.ts';
import { whileLocked } from '../../scripts/while-locked.mjs';
import { lastLines, runTool } from './run-tool.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'msedge',
  'microsoft-edge',
];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * Path of a Chromium: `CHROME_PATH`, else one on this machine, else (root on Debian only) a newly
 * installed one. Throws, with what to do, when there is none.
 */
export async function findChromium(report: Report): Promise<string> {
  const asked = process.env['CHROME_PATH'];
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked)) throw new Error(`CHROME_PATH names ${asked}, which does not exist.`);
    return asked;
  }
  const found = lookForChromium();
  if (found !== undefined) return found;
  if (await mayUseApt()) {
    await mkdir(cacheFolder(), { recursive: true });
    await whileLocked(path.join(cacheFolder(), 'chromium.lock'), report, () => aptInstall(report));
    const installed = lookForChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium found: install chromium, google-chrome or msedge, or set CHROME_PATH to its executable.',
  );
}

function lookForChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((part) => part !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, ...macApplications].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ubuntu's package of that name is a snap, which wants a daemon: Debian only. */
async function mayUseApt(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return process.getuid?.() === 0 && /^ID="?debian"?$/m.test(release);
}

async function aptInstall(report: Report): Promise<void> {
  if (lookForChromium() !== undefined) return;
  report('Chromium: installing the Debian package with apt-get (root on Debian; about a minute)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeoutMs: 4 * 60_000 };
  await runTool('apt-get', ['update', '-q'], options);
  const installed = await runTool('apt-get', ['install', '-y', '-q', 'chromium'], options);
  if (installed.exitCode !== 0) {
    throw new Error(`apt-get install chromium failed\n${lastLines(installed.output)}`);
  }
}
