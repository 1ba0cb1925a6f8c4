/** Hints that a file in a folder may have changed. A hint may come late, twice or never: who needs the truth polls, too. */
import { statfsSync } from 'node:fs';
import path from 'node:path';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';

/** What a watch tells. */
export interface FolderHints {
  readonly onHint: () => void;
  /** Events cannot be relied on: poll faster. */
  readonly onDead: (why: string) => void;
}

/**
 * Watches one file by its folder: a watch on the file itself ends when the file is replaced. Nothing is awaited before
 * a change is told, since the file is replaced whole.
 */
export function watchFile(file: string, hints: FolderHints): Disposable {
  const folder = path.dirname(file);
  let isDisposed = false;
  let close: (() => void) | null = null;
  const start = async (): Promise<void> => {
    const { watch } = await import('chokidar');
    if (isDisposed) return;
    const watcher = watch(folder, {
      depth: 0,
      ignoreInitial: true,
      awaitWriteFinish: false,
      atomic: false,
      // By the name alone: what cannot be ignored before it is looked at is looked at with each change, and where it is
      // gone by then (drafts, the lock) the whole folder is listed again: 3 ms of the extension host for each write.
      ignored: othersThan(file, path),
    });
    watcher.on('all', () => {
      if (!isDisposed) hints.onHint();
    });
    // Without a listener an error would end the process.
    watcher.on('error', (error) => {
      if (!isDisposed) hints.onDead(messageOf(error));
    });
    close = () => {
      void watcher.close().catch(() => undefined);
    };
  };
  start().catch((error: unknown) => {
    if (!isDisposed) hints.onDead(messageOf(error));
  });
  const remote = remoteKind(folder);
  if (remote !== null) hints.onDead(`${remote} does not tell of changes`);
  return toDisposable(() => {
    isDisposed = true;
    close?.();
  });
}

/**
 * Whether a path is neither the file nor its folder. chokidar hands every path out with slashes, on Windows too.
 * @param paths  how paths are written on this platform
 */
export function othersThan(file: string, paths: path.PlatformPath): (candidate: string) => boolean {
  const wanted = new Set([file, paths.dirname(file)].map((one) => paths.normalize(one)));
  return (candidate) => !wanted.has(paths.normalize(candidate));
}

/** File systems whose changes by others are not told: NFS, SMB, CIFS, 9p, FUSE. */
const remoteKinds: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9p'],
  [0x65735546, 'FUSE'],
]);

function remoteKind(folder: string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return remoteKinds.get(statfsSync(folder).type) ?? null;
  } catch {
    return null;
  }
}
