import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { agentOfPath, workflowExtensions } from './agent-id.ts';

/** A workflow file that was found. */
export interface AgentFile {
  /** Path under the workflows folder without extension, with `/`. */
  readonly agent: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
}

/** Deeper folders are no one's order; it also ends what links make endless. */
const maxDepth = 16;
/** A workflows folder that is by mistake a whole disk must not be searched to its end. */
const maxFolders = 5000;

/**
 * All agents of a workspace, sorted by id; a missing or unreadable folder is an empty list. Hidden folders and
 * `node_modules` are left out, links are followed once. Of `x.yaml` and `x.yml` the first is the agent.
 */
export async function findAgents(
  workspace: string,
  workflowsFolder: string,
): Promise<readonly AgentFile[]> {
  const found = new Map<string, AgentFile>();
  const seen = new Set<string>();
  let folders = [join(workspace, workflowsFolder)];
  for (let depth = 0; depth <= maxDepth && folders.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of folders) {
      if (seen.size >= maxFolders || !(await isNew(folder, seen))) continue;
      const { files, inside } = await readFolder(folder);
      next.push(...inside);
      for (const file of files) add(file, workspace, workflowsFolder, found);
    }
    folders = next;
  }
  return [...found.values()].sort((left, right) => compare(left.agent, right.agent));
}

function add(
  file: string,
  workspace: string,
  workflowsFolder: string,
  found: Map<string, AgentFile>,
): void {
  const path = relative(workspace, file).split(sep).join('/');
  const agent = agentOfPath(path, workflowsFolder);
  if (agent === null) return;
  const other = found.get(agent);
  if (other !== undefined && rankOf(other.path) <= rankOf(path)) return;
  found.set(agent, { agent, path, file });
}

function rankOf(path: string): number {
  return workflowExtensions.findIndex((extension) => path.endsWith(extension));
}

/** By code units, the same on every machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** False for a folder that was read under another name, or cannot be reached. */
async function isNew(folder: string, seen: Set<string>): Promise<boolean> {
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  } catch {
    return false;
  }
}

async function readFolder(
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly inside: readonly string[] }> {
  const files: string[] = [];
  const inside: string[] = [];
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return { files, inside };
  }
  entries.sort((left, right) => compare(left.name, right.name));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await kindOfLink(path) : kindOf(entry);
    if (kind === 'folder') inside.push(path);
    else if (kind === 'file') files.push(path);
  }
  return { files, inside };
}

type Kind = 'file' | 'folder' | 'other';

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): Kind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
}

async function kindOfLink(path: string): Promise<Kind> {
  try {
    return kindOf(await stat(path));
  } catch {
    return 'other';
  }
}
