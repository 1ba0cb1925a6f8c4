import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { agentOfUses, pathOfAgent, workflowExtensions } from './agent-id.ts';
import { buildInput } from './build/build-inputs.ts';
import type { UsesTarget } from './uses-target.ts';
import { maxTextLength, readYaml } from './yaml/read-yaml.ts';
import { valueOf, type YamlNode } from './yaml/yaml-node.ts';

/** How deep workflows may use each other, as on GitHub. */
export const maxUsesDepth = 10;

/** Where the file stands that uses others. */
export interface UsesOrigin {
  /** Absolute. */
  readonly workspace: string;
  readonly workflowsFolder: string;
  readonly agent: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** A text in place of the file on disk, for editors with unsaved changes; undefined where there is none. */
  readonly textOf?: (path: string) => string | undefined;
}

/** What a file tells those who use it. */
interface UsedFile {
  readonly path: string;
  readonly root: YamlNode | null;
  readonly uses: readonly string[];
}

/**
 * Answers what a `uses` of one file points at. Reads each used file once, synchronously and only when asked, so
 * make a new one for each time the file is checked.
 */
export function createUsesResolver(origin: UsesOrigin): (uses: string) => UsesTarget {
  const files = new Map<string, UsedFile | null>();
  const read = (agent: string): UsedFile | null => {
    const known = files.get(agent);
    if (known !== undefined) return known;
    const file = readUsedFile(origin, agent);
    files.set(agent, file);
    return file;
  };
  return (uses) => {
    const agent = agentOfUses(uses, origin.path, origin.workflowsFolder);
    if (agent === null) return { kind: 'outside', folder: origin.workflowsFolder };
    if (agent === origin.agent) return { kind: 'recursive', trail: [origin.agent, agent] };
    const file = read(agent);
    if (file === null) {
      const looked = pathOfAgent(agent, origin.workflowsFolder);
      return { kind: 'missing', looked, agents: namesBeside(origin, uses) };
    }
    const trouble = follow(agent, origin, read);
    if (trouble !== null) return trouble;
    const { root } = file;
    const inputs = valueOf(root ?? undefined, 'inputs');
    const outputs = valueOf(root ?? undefined, 'outputs');
    const isReadable = root?.kind === 'map';
    return {
      kind: 'found',
      agent,
      inputs: isReadable ? (inputs?.kind === 'map' ? inputs.entries.map(buildInput) : []) : null,
      outputs: isReadable
        ? outputs?.kind === 'map'
          ? outputs.entries.map((entry) => entry.key.text)
          : []
        : null,
    };
  };
}

/** Walks what the used file uses itself: back to an agent on the way is recursion, and the way has a length. */
function follow(
  first: string,
  origin: UsesOrigin,
  read: (agent: string) => UsedFile | null,
): UsesTarget | null {
  /** How far it is known to go well from an agent: nothing below needs a second look at that depth or less. */
  const checkedAt = new Map<string, number>();
  const walk = (agent: string, trail: readonly string[]): UsesTarget | null => {
    if (trail.length > maxUsesDepth) return { kind: 'too-deep', limit: maxUsesDepth };
    if ((checkedAt.get(agent) ?? -1) >= trail.length) return null;
    checkedAt.set(agent, trail.length);
    const file = read(agent);
    for (const uses of file?.uses ?? []) {
      const next = agentOfUses(uses, file?.path ?? '', origin.workflowsFolder);
      if (next === null) continue;
      // A circle that this file is not part of is reported where it is.
      if (next === origin.agent) return { kind: 'recursive', trail: [...trail, next] };
      if (trail.includes(next)) continue;
      const trouble = walk(next, [...trail, next]);
      if (trouble !== null) return trouble;
    }
    return null;
  };
  return walk(first, [origin.agent, first]);
}

function readUsedFile(origin: UsesOrigin, agent: string): UsedFile | null {
  for (const extension of workflowExtensions) {
    const path = pathOfAgent(agent, origin.workflowsFolder, extension);
    const text = origin.textOf?.(path) ?? readFile(join(origin.workspace, path));
    if (text === null) continue;
    const { root } = readYaml(text);
    return { path, root, uses: findUses(root) };
  }
  return null;
}

function readFile(file: string): string | null {
  try {
    const { size } = statSync(file);
    // Too large is refused when it is read as itself; here it is a file nothing is known of.
    return size > maxTextLength * 4 ? '' : readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function findUses(root: YamlNode | null): readonly string[] {
  const found: string[] = [];
  for (const key of ['tasks', 'finally']) {
    const tasks = valueOf(root ?? undefined, key);
    if (tasks?.kind !== 'map') continue;
    for (const { value } of tasks.entries) {
      const uses = valueOf(value, 'uses');
      if (uses?.kind === 'scalar' && uses.text !== '') found.push(uses.text);
    }
  }
  return found;
}

/** Names like the one that was written, in its folder: as ids or as paths, as it was written. */
function namesBeside(origin: UsesOrigin, uses: string): readonly string[] {
  const slash = uses.lastIndexOf('/');
  const prefix = slash === -1 ? '' : uses.slice(0, slash + 1);
  const isPath = uses.startsWith('.');
  const agent = agentOfUses(`${prefix}x`, origin.path, origin.workflowsFolder);
  if (agent === null) return [];
  const folder = join(origin.workspace, origin.workflowsFolder, agent, '..');
  if (!existsSync(folder)) return [];
  const names: string[] = [];
  try {
    for (const name of readdirSync(folder)) {
      const extension = workflowExtensions.find((candidate) => name.endsWith(candidate));
      if (extension === undefined) continue;
      const stem = name.slice(0, -extension.length);
      names.push(isPath && /\.ya?ml$/.test(uses) ? prefix + name : prefix + stem);
    }
  } catch {
    return [];
  }
  return names;
}
