/** Where everything lives. Path arithmetic only, apart from `ensureStateFolder`. */
import path from 'node:path';
import type { Result } from '../../model/result.ts';
import { nodeDisk, type Disk } from './disk.ts';
import { attemptStorage, errnoOf } from './storage-failure.ts';
import { createFile, makeFolder, namesIn } from './write-file.ts';

/** A state folder: `root` (absolute) is usually `<workspace>/.agent-executor`. */
export interface StateFolder {
  readonly workspace: string;
  readonly root: string;
  /** The calls that reach it; tests put faults in between. */
  readonly disk: Disk;
}

/** The state folder of a workspace; `setting` is relative to it or absolute. */
export function stateFolderOf(
  workspace: string,
  setting = '.agent-executor',
  disk: Disk = nodeDisk,
): StateFolder {
  const base = path.resolve(workspace);
  return { workspace: base, root: path.resolve(base, setting), disk };
}

/** `task-executions.json`. */
export function viewPath(folder: StateFolder): string {
  return path.join(folder.root, 'task-executions.json');
}

/** The folder that holds one folder per execution. */
export function executionsFolder(folder: StateFolder): string {
  return path.join(folder.root, 'executions');
}

/** The folder of one execution. */
export function executionFolder(folder: StateFolder, id: string): string {
  // Not by `join`, which takes the path apart: this is asked for with every record.
  return `${folder.root}${path.sep}executions${path.sep}${id}`;
}

/** The journal of one epoch. */
export function journalPath(folder: StateFolder, id: string, epoch: number): string {
  return `${executionFolder(folder, id)}${path.sep}journal.${String(epoch)}.jsonl`;
}

/** The claim of one epoch; it exists before its journal does and is never deleted while the execution is. */
export function claimPath(folder: StateFolder, id: string, epoch: number): string {
  return `${executionFolder(folder, id)}${path.sep}owner.${String(epoch)}`;
}

/** The file the owner changes every two seconds while it is well. */
export function beatPath(folder: StateFolder, id: string): string {
  return path.join(executionFolder(folder, id), 'beat');
}

/** Where other processes put requests to the owner. */
export function inboxFolder(folder: StateFolder, id: string): string {
  return path.join(executionFolder(folder, id), 'inbox');
}

/** The workflow file as it was when the execution started. */
export function workflowCopyPath(folder: StateFolder, id: string): string {
  return path.join(executionFolder(folder, id), 'workflow.yaml');
}

/** The absolute path of an attempt's log; `log` as stored, relative to the state folder with `/`. */
export function logPath(folder: StateFolder, log: string): string {
  return path.join(folder.root, ...log.split('/'));
}

/** One empty file per execution that is not over, named `<id>.<epoch>`. */
export function activeFolder(folder: StateFolder): string {
  return path.join(folder.root, 'active');
}

/** Bytes that could not be used. */
export function quarantineFolder(folder: StateFolder): string {
  return path.join(folder.root, 'quarantine');
}

/** Half-written files; on the same file system as what they become. */
export function temporaryFolder(folder: StateFolder): string {
  return path.join(folder.root, 'tmp');
}

/** Whether an id is safe as the name of a folder. Ids come from other people's files, too. */
export function isSafeId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id);
}

/** Makes the folder, its sub-folders and its `.gitignore`, and removes what dead writers left in `tmp/`. Code `storage`. */
export function ensureStateFolder(folder: StateFolder): Result<void> {
  const { disk } = folder;
  return attemptStorage(`prepare the folder ${folder.root}`, () => {
    makeFolder(disk, folder.root);
    for (const make of [executionsFolder, activeFolder, temporaryFolder]) {
      makeFolder(disk, make(folder));
    }
    ignoreInGit(folder);
    sweepTemporary(folder);
  });
}

function ignoreInGit(folder: StateFolder): void {
  const file = path.join(folder.root, '.gitignore');
  if (folder.disk.exists(file)) return;
  try {
    createFile(folder.disk, file, Buffer.from('*\n'), { sync: false });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

const hourMs = 3_600_000;

/** No write takes an hour, so what is older was left by a process that died. */
function sweepTemporary(folder: StateFolder): void {
  const { disk } = folder;
  for (const name of namesIn(disk, temporaryFolder(folder))) {
    const file = path.join(temporaryFolder(folder), name);
    try {
      const ageMs = Date.now() - Number(disk.stat(file).mtimeNs / 1_000_000n);
      if (ageMs > hourMs) disk.remove(file);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
  }
}
