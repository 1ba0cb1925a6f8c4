import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { GitState } from '../../model/execution.ts';

/** More than any HEAD or branch file has. */
const smallBytes = 4096;
/** Some 100,000 branches and tags; a longer list is not searched while somebody waits for a start. */
const packedBytes = 8_000_000;
/** A branch may stand for another one; these may not go in circles. */
const mostSteps = 5;

/**
 * Branch and commit of the folder's repository as they are now, read from git's own files: there may be no git program,
 * and a start must not wait for one. Null where there is no repository, or none that can be read so.
 */
export function readGitState(workspace: string): GitState | null {
  try {
    const gitFolder = findGitFolder(path.resolve(workspace));
    if (gitFolder === null) return null;
    const head = readSmall(path.join(gitFolder, 'HEAD'));
    if (head === null) return null;
    const ref = refOf(head);
    if (ref === null) return isCommit(head) ? { branch: null, commit: head } : null;
    // A repository whose branches are in a table keeps no name here.
    if (ref === 'refs/heads/.invalid' || !isSafeRef(ref)) return null;
    const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
    return { branch, commit: resolve(gitFolder, commonFolderOf(gitFolder), ref) };
  } catch {
    // Unreadable, or changing this moment: it is for the record only.
    return null;
  }
}

/** The folder of HEAD: `.git` itself, or where the file `.git` of a worktree or submodule points. */
function findGitFolder(start: string): string | null {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const entry = path.join(folder, '.git');
    const stats = statSync(entry, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) return entry;
    if (stats?.isFile() === true) {
      const target = /^gitdir: (.+)$/.exec(readSmall(entry) ?? '')?.[1];
      return target === undefined ? null : path.resolve(folder, target);
    }
    if (folder === path.dirname(folder)) return null;
  }
}

/** Worktrees share branches with the repository that they belong to. */
function commonFolderOf(gitFolder: string): string {
  const target = readSmall(path.join(gitFolder, 'commondir'));
  return target === null ? gitFolder : path.resolve(gitFolder, target);
}

/** The commit of a branch; null before its first one. */
function resolve(gitFolder: string, commonFolder: string, first: string): string | null {
  let ref = first;
  for (let step = 0; step < mostSteps && isSafeRef(ref); step += 1) {
    const text =
      readSmall(path.join(gitFolder, ref)) ??
      readSmall(path.join(commonFolder, ref)) ??
      readPacked(path.join(commonFolder, 'packed-refs'), ref);
    if (text === null || isCommit(text)) return text;
    const next = refOf(text);
    if (next === null) return null;
    ref = next;
  }
  return null;
}

function readPacked(file: string, ref: string): string | null {
  const text = readUpTo(file, packedBytes);
  if (text === null) return null;
  const end = text.indexOf(` ${ref}\n`);
  const commit = end === -1 ? '' : text.slice(text.lastIndexOf('\n', end) + 1, end);
  return isCommit(commit) ? commit : null;
}

function refOf(text: string): string | null {
  return /^ref: (\S.*)$/.exec(text)?.[1] ?? null;
}

/** A name that stays in the repository. */
function isSafeRef(ref: string): boolean {
  return ref.startsWith('refs/') && ref.length < 1000 && !/(^|[\\/])\.{1,2}([\\/]|$)|\0/.test(ref);
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function readSmall(file: string): string | null {
  return readUpTo(file, smallBytes)?.trim() ?? null;
}

/** Null for what is no file, is too long, or is not there. */
function readUpTo(file: string, maxBytes: number): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size <= maxBytes ? readFileSync(file, 'utf8') : null;
}
