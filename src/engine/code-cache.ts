/**
 * Compiled code of bundles, kept in the user's cache folder so that a command starts without compiling, and an extension
 * host is not held up by it. V8 itself refuses what another version or other flags made; here it is made sure that nobody
 * else wrote it and that it is whole. Whatever goes wrong, the code is compiled as if there were no cache.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** What compiled code is of. */
export interface CodePlace {
  /** Absolute path of the bundle. */
  readonly file: string;
  /** What it is loaded for, a word: different purposes compile different parts. */
  readonly purpose: string;
  /** What no two contents of the file share: see `signatureOfBundle`. */
  readonly signature: string;
}

/** Checksum of all that follows, checksum of the bundle's signature: 4 bytes each. */
const headerBytes = 8;
/** Follows no link and waits for nobody. Windows knows neither flag: undefined is 0 here. */
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** More than all commands and bundles of one version; what older versions left is removed first. */
const keptFiles = 32;

/**
 * The content of an open bundle without reading it: which file it is, how long, and when anything of it was changed last,
 * which nobody can set. A checksum of its 600 KB was a fiftieth of what a short run takes of a processor.
 */
export function signatureOfBundle(descriptor: number): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(descriptor, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** What was kept, or null. */
export function readCodeCache(place: CodePlace): Buffer | null {
  const folder = cacheFolder();
  if (folder === null) return null;
  let descriptor: number | null = null;
  try {
    // In a folder that others may write a name may lead to any file of ours, or to a pipe that nobody ever opens.
    if (!isOurs(lstatSync(folder))) return null;
    descriptor = openSync(path.join(folder, nameOf(place)), readFlags);
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || !isOurs(stat)) return null;
    const bytes = readFileSync(descriptor);
    const isWhole =
      bytes.length > headerBytes &&
      bytes.readUInt32LE(0) === crc32(bytes.subarray(4)) &&
      bytes.readUInt32LE(4) === crc32(place.signature);
    return isWhole ? bytes.subarray(headerBytes) : null;
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Keeps compiled code; never throws. */
export function writeCodeCache(place: CodePlace, compiled: () => Uint8Array): void {
  const folder = cacheFolder();
  if (folder === null) return;
  try {
    // `sudo` may leave another user's home in the environment: nothing of ours belongs there.
    if (!isOwn(nearestFolder(folder))) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOurs(lstatSync(folder))) return;
    const bytes = Buffer.concat([Buffer.alloc(headerBytes), compiled()]);
    bytes.writeUInt32LE(crc32(place.signature), 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    const target = path.join(folder, nameOf(place));
    const draft = `${target}.${String(process.pid)}.tmp`;
    writeFileSync(draft, bytes, { mode: 0o600, flag: 'wx' });
    renameSync(draft, target);
    sweep(folder);
  } catch {
    // No home, a full or read-only disk: the next start compiles again.
  }
}

/** One file for each bundle, purpose, version and set of flags; the content tells whether it is the same bundle. */
function nameOf({ file, purpose }: CodePlace): string {
  const { version, versions, arch, execArgv, env } = process;
  const key = [file, version, versions.v8, arch, ...execArgv, env['NODE_OPTIONS'] ?? ''].join('\0');
  const sum = crc32(key).toString(16).padStart(8, '0');
  return `${path.basename(file, '.cjs')}-${purpose}-${sum}.code`;
}

function cacheFolder(): string | null {
  const { env, platform } = process;
  if ((env['NODE_DISABLE_COMPILE_CACHE'] ?? '') !== '') return null;
  const home = env['HOME'] ?? '';
  const base =
    platform === 'win32'
      ? env['LOCALAPPDATA']
      : platform === 'darwin'
        ? path.join(home, 'Library/Caches')
        : (env['XDG_CACHE_HOME'] ?? path.join(home, '.cache'));
  return base !== undefined && path.isAbsolute(base) ? path.join(base, 'agent-executor') : null;
}

/** Whether this user made it and nobody else may change it. */
function isOurs(stat: Stats): boolean {
  if (process.platform === 'win32') return true;
  return isOwn(stat) && (stat.mode & 0o022) === 0 && !stat.isSymbolicLink();
}

function isOwn(stat: Stats): boolean {
  return process.platform === 'win32' || stat.uid === process.getuid?.();
}

/** The folder itself, or the first of its parents that is there. */
function nearestFolder(folder: string): Stats {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat ?? nearestFolder(path.dirname(folder));
}

function sweep(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /\.(code|tmp)$/.test(name))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { file } of files.slice(keptFiles)) rmSync(file, { force: true });
}
