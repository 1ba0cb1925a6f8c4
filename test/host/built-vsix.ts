import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from './hosts.ts';

const packageFolder = path.join(repository, 'dist-package');

/**
 * The path of the package: that of AGENT_EXECUTOR_VSIX, else the checkout's own, which is made anew when anything that
 * goes into it was changed since. Throws when it cannot be made.
 */
export function builtVsix(): string {
  const given = process.env['AGENT_EXECUTOR_VSIX'];
  if (given !== undefined && given !== '') return path.resolve(given);
  const script = path.join(repository, 'scripts/package.mjs');
  const { status } = spawnSync(process.execPath, [script, '--if-stale'], { stdio: 'inherit' });
  const isMade = status === 0 || status === 2;
  const file = isMade ? readdirSync(packageFolder).find((entry) => entry.endsWith('.vsix')) : null;
  if (typeof file !== 'string') throw new Error('npm run package made no VSIX');
  if (status === 2) console.error(`The package has faults (above); going on with ${file}`);
  return path.join(packageFolder, file);
}
