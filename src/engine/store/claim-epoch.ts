/**
 * Claims: `owner.<n>` exists for every epoch that was ever taken, and is made so that exactly one process can make it.
 * The claim comes first and the journal is read after it, while a writer appends first and looks for a later claim
 * after it: so every record that was acknowledged is seen by whoever takes over.
 */
import type { Owner } from '../../model/execution.ts';
import { epochsOf } from './journal-chain.ts';
import { claimPath, type StateFolder } from './state-folder.ts';
import { errnoOf } from './storage-failure.ts';
import { uniqueName } from './unique-name.ts';
import { createFile, readWhole, removeQuietly } from './write-file.ts';

/** The content of a claim. */
export interface Claim {
  readonly owner: Owner;
  readonly why: string;
  /** Drawn by the claimant: tells its own claims from others'. */
  readonly nonce: string;
}

/** Makes `owner.<epoch>`; false when someone has it already. Throws what the disk throws. */
export function makeClaim(folder: StateFolder, id: string, epoch: number, claim: Claim): boolean {
  const { disk } = folder;
  const target = claimPath(folder, id, epoch);
  const bytes = Buffer.from(`${JSON.stringify(claim)}\n`);
  // Linked into place, so that nobody ever sees a claim without its owner's name in it.
  const draft = `${target}.${uniqueName()}.tmp`;
  createFile(disk, draft, bytes, { sync: false });
  try {
    disk.link(draft, target);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    if (code === null || !noLinks.has(code)) throw error;
    return makeClaimWithoutLinks(folder, target, bytes);
  } finally {
    removeQuietly(disk, draft);
  }
}

const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES', 'EINVAL']);

function makeClaimWithoutLinks(folder: StateFolder, target: string, bytes: Uint8Array): boolean {
  try {
    createFile(folder.disk, target, bytes, { sync: false });
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The highest claim of an execution. */
export interface NewestClaim {
  readonly epoch: number;
  /** Null when it cannot be read. */
  readonly claim: Claim | null;
  /** True for one that cannot be read and is old: its maker died between creating and filling it. */
  readonly isAbandoned: boolean;
}

/** The highest claim; null when there is none. Throws what the disk throws. */
export function newestClaim(folder: StateFolder, id: string): NewestClaim | null {
  const epoch = epochsOf(folder, id, 'owner')[0];
  if (epoch === undefined) return null;
  const claim = readClaim(folder, id, epoch);
  return {
    epoch,
    claim,
    isAbandoned: claim === null && isOld(folder, claimPath(folder, id, epoch)),
  };
}

/** A claim is filled within microseconds after it is made; a minute is beyond doubt. */
function isOld(folder: StateFolder, file: string): boolean {
  const ageMs = Date.now() - Number(folder.disk.stat(file).mtimeNs / 1_000_000n);
  return ageMs > 60_000;
}

/** Whether a later epoch than this one was claimed. */
export function isClaimedAfter(folder: StateFolder, id: string, epoch: number): boolean {
  return folder.disk.exists(claimPath(folder, id, epoch + 1));
}

function readClaim(folder: StateFolder, id: string, epoch: number): Claim | null {
  const bytes = readWhole(folder.disk, claimPath(folder, id, epoch));
  if (bytes === null) return null;
  try {
    const parsed = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Claim> | null;
    const owner = parsed?.owner;
    if (typeof owner?.pid !== 'number' || typeof owner.host !== 'string') return null;
    return { owner, why: parsed?.why ?? '', nonce: parsed?.nonce ?? '' };
  } catch {
    return null;
  }
}
