/** Turns what the file system throws into words for a person. Anything else that is thrown is a bug and stays one. */
import { err, ok, type Failure, type Result } from '../../model/result.ts';

/** Whether something thrown came from the file system, and with which code (`ENOSPC` …). */
export function errnoOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  const { code } = thrown;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** Runs something that touches the disk; `doing` completes "could not …". Code `storage`. */
export function attemptStorage<T>(doing: string, run: () => T): Result<T> {
  try {
    return ok(run());
  } catch (error) {
    return err(storageFailure(doing, error));
  }
}

/** The failure for a file system error; rethrows what is none. */
export function storageFailure(doing: string, thrown: unknown): Failure {
  const code = errnoOf(thrown);
  if (code === null) throw thrown;
  const [why, hint] = reasons[code] ?? [`the file system says ${code}`, undefined];
  const message = `could not ${doing}: ${why}`;
  return hint === undefined ? { code: 'storage', message } : { code: 'storage', message, hint };
}

const freeSpace = 'Free some space; what runs goes on by itself then.';

const reasons: Readonly<Record<string, readonly [string, string | undefined]>> = {
  ENOSPC: ['the disk is full', freeSpace],
  EDQUOT: ['the disk quota is used up', freeSpace],
  EROFS: ['the file system is read-only', 'Choose another state folder in the settings.'],
  EACCES: ['access is denied', 'Check the permissions of the state folder.'],
  EPERM: ['access is denied', 'Check the permissions of the state folder.'],
  EIO: ['the disk reported an error', 'Check the disk.'],
  EMFILE: ['too many files are open', undefined],
  ENFILE: ['too many files are open on this machine', undefined],
  ENOENT: ['the folder is gone', undefined],
  ENOTDIR: ['a file stands where a folder should be', undefined],
  EISDIR: ['a folder stands where a file should be', undefined],
};
