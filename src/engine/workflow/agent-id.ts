import { posix } from 'node:path';

/** The extensions of workflow files; where two files have one id, the first extension wins. */
export const workflowExtensions = ['.yaml', '.yml'] as const;

/** The agent id of a workspace-relative path with `/`; null when it is no workflow file under the folder. */
export function agentOfPath(path: string, workflowsFolder: string): string | null {
  const folder = normalFolder(workflowsFolder);
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  const extension = workflowExtensions.find((candidate) => normal.endsWith(candidate));
  if (extension === undefined) return null;
  const prefix = folder === '.' ? '' : `${folder}/`;
  if (!normal.startsWith(prefix) || normal.startsWith('../') || normal.startsWith('/')) return null;
  const agent = normal.slice(prefix.length, normal.length - extension.length);
  return isAgentId(agent) ? agent : null;
}

/** The workspace-relative path an agent's file has, with the given extension. */
export function pathOfAgent(
  agent: string,
  workflowsFolder: string,
  extension: (typeof workflowExtensions)[number] = '.yaml',
): string {
  return posix.join(normalFolder(workflowsFolder), `${agent}${extension}`);
}

/** False for what could leave the workflows folder or name nothing: empty parts, `.`, `..`, hidden, control characters. */
export function isAgentId(text: string): boolean {
  if (text === '' || text.length > 400 || text.includes('\\') || hasControl(text)) return false;
  return text.split('/').every((part) => part !== '' && !part.startsWith('.'));
}

/**
 * The agent a `uses` names: an agent id, or a path (`./…`, `../…`) from the file it stands in. Null when it
 * leads out of the workflows folder or names no workflow file.
 */
export function agentOfUses(
  uses: string,
  fromPath: string,
  workflowsFolder: string,
): string | null {
  if (!isUsesPath(uses)) return isAgentId(uses) ? uses : null;
  const path = posix.join(posix.dirname(fromPath), uses);
  const hasExtension = workflowExtensions.some((extension) => path.endsWith(extension));
  return agentOfPath(hasExtension ? path : `${path}.yaml`, workflowsFolder);
}

/** Whether a `uses` is a path, not an agent id. */
export function isUsesPath(uses: string): boolean {
  return uses.startsWith('./') || uses.startsWith('../');
}

function normalFolder(folder: string): string {
  return posix.normalize(folder.replaceAll('\\', '/')).replace(/\/+$/, '') || '.';
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) < 32) return true;
  }
  return false;
}
