import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const limitMs = 10 * 60_000;

/**
 * Runs `work` while no other process does the same, waiting for it at most ten minutes.
 * The lock is a file that holds the owner's process id; that of a dead owner is taken over.
 * @template T
 * @param {string} lockFile
 * @param {(line: string) => void} report   told once when another process has to be waited for
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileLocked(lockFile, report, work) {
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
    if (!hasReported) report(`waiting for process ${String(owner)}, which makes the same`);
    hasReported = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/**
 * A hard link appears with its content: nobody sees a lock without an owner.
 * @param {string} lockFile
 */
async function tryLock(lockFile) {
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

/** @param {string} lockFile */
async function ownerOf(lockFile) {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  return text === '' ? undefined : Number(text);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
