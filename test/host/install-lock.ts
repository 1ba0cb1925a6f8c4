import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const limitMs = 10 * 60_000;

/**
 * Runs `work` while no other process does the same, waiting for it at most ten minutes.
 * The lock is a file that holds the owner's process id; that of a dead owner is taken over.
 */
export async function whileLocked<T>(
  lockFile: string,
  report: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  let hasReported = false;
  while (!(await tryLock(lockFile))) {
    const owner = await ownerOf(lockFile);
    if (owner !== undefined && !isAlive(owner)) {
      await rm(lockFile, { force: true });
      continue;
    }
    if (Date.now() > deadline) {
      throw new Error(`${lockFile} is held by process ${String(owner)} for too long; remove it`);
    }
    if (!hasReported) report(`waiting for process ${String(owner)}, which installs the same`);
    hasReported = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** A hard link appears with its content: nobody sees a lock without an owner. */
async function tryLock(lockFile: string): Promise<boolean> {
  const own = `${lockFile}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, lockFile);
    return true;
  } catch {
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

async function ownerOf(lockFile: string): Promise<number | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  return text === '' ? undefined : Number(text);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
