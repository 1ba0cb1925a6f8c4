import { statSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../model/result.ts';
import { stateFolderOf, type StateFolder } from '../engine/store/state-folder.ts';
import type { EngineOptions } from '../engine/run/engine-options.ts';
import type { Arguments } from './arguments/arguments.ts';
import type { Terminal } from './terminal.ts';

/** Where a command works. */
export interface Workspace {
  /** Absolute. */
  readonly root: string;
  /** Relative to the root, or absolute. */
  readonly workflowsFolder: string;
  readonly folder: StateFolder;
  /** False when neither workflows nor a state folder is there; `root` is then the current folder. */
  readonly isFound: boolean;
}

/**
 * The folder given by `--workspace`, or the nearest parent with `workflows/` or `.agent-executor/`. The environment
 * variables AGENT_EXECUTOR_WORKFLOWS_FOLDER and AGENT_EXECUTOR_STATE_FOLDER stand for the settings of the editor.
 */
export function openWorkspace(terminal: Terminal, given: Arguments): Result<Workspace> {
  const { environment, directory } = terminal;
  const workflowsFolder = environment['AGENT_EXECUTOR_WORKFLOWS_FOLDER'] ?? 'workflows';
  const stateSetting = environment['AGENT_EXECUTOR_STATE_FOLDER'] ?? '.agent-executor';
  const named = given.value('workspace');
  if (named !== undefined) {
    const root = path.resolve(directory, named);
    if (!isFolder(root)) return fail('usage', `there is no folder "${named}"`);
    const isFound = isMarked(root, [workflowsFolder, stateSetting]);
    return ok({ root, workflowsFolder, folder: stateFolderOf(root, stateSetting), isFound });
  }
  const found = nearestParent(directory, [workflowsFolder, stateSetting]);
  const root = found ?? directory;
  return ok({
    root,
    workflowsFolder,
    folder: stateFolderOf(root, stateSetting),
    isFound: found !== null,
  });
}

/** The engine's options for this workspace. */
export function engineOptions(
  terminal: Terminal,
  workspace: Workspace,
): EngineOptions & { readonly workflowsFolder: string } {
  return {
    workspace: workspace.root,
    stateFolder: workspace.folder.root,
    workflowsFolder: workspace.workflowsFolder,
    environment: terminal.environment,
  };
}

function nearestParent(from: string, marks: readonly string[]): string | null {
  let current = path.resolve(from);
  for (;;) {
    if (isMarked(current, marks)) return current;
    const parent = path.dirname(current);
    if (parent === current) return null;
    current = parent;
  }
}

function isMarked(folder: string, marks: readonly string[]): boolean {
  return marks.some((mark) => isFolder(path.resolve(folder, mark)));
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
