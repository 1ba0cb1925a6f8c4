import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from './hosts.ts';

const packageFolder = path.join(repository, 'dist-package');

/** The path of the package; made when there is none. Throws when it cannot be made. */
export function builtVsix(): string {
  const there = find();
  if (there !== undefined) return there;
  console.log('Making the package (npm run package)');
  spawnSync(process.execPath, [path.join(repository, 'scripts/package.mjs')], { stdio: 'inherit' });
  const made = find();
  if (made === undefined) throw new Error('npm run package made no VSIX');
  return made;
}

function find(): string | undefined {
  try {
    const file = readdirSync(packageFolder).find((entry) => entry.endsWith('.vsix'));
    return file === undefined ? undefined : path.join(packageFolder, file);
  } catch {
    return undefined;
  }
}
