import { isUtf8 } from 'node:buffer';
import { readFile, readFileSync, stat, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { messageOf } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';
import { sha256 } from '../sha256.ts';
import { isAgentId, pathOfAgent, workflowExtensions } from './agent-id.ts';
import { parseWorkflow, type ParsedWorkflow } from './parse-workflow.ts';
import { createUsesResolver } from './resolve-uses.ts';
import { maxTextLength } from './yaml/read-yaml.ts';

export { describeDiagnostics } from './describe-diagnostics.ts';

/** What became of an agent's file. */
export type LoadedWorkflow =
  | {
      readonly kind: 'valid';
      readonly workflow: Workflow;
      readonly text: string;
      /** `sha256-<hex>` of the bytes. */
      readonly hash: string;
      readonly parsed: ParsedWorkflow;
    }
  | {
      readonly kind: 'invalid';
      readonly agent: string;
      readonly path: string;
      readonly text: string;
      readonly hash: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly kind: 'missing';
      readonly agent: string;
      readonly path: string;
      readonly message: string;
    };

/** Reads an agent's file from disk and validates it, with what it `uses`. */
export async function loadWorkflow(
  workspace: string,
  workflowsFolder: string,
  agent: string,
): Promise<LoadedWorkflow> {
  const files: ReadFile[] = [];
  for (const path of placesOf(agent, workflowsFolder)) {
    files.push({ path, read: await readBytes(join(workspace, path)) });
  }
  return judge(workspace, workflowsFolder, agent, files);
}

/** The same at once, for a process that has nothing else to do: threads that read for it take a millisecond to start. */
export function loadWorkflowNow(
  workspace: string,
  workflowsFolder: string,
  agent: string,
): LoadedWorkflow {
  const files = placesOf(agent, workflowsFolder).map((path) => ({
    path,
    read: readBytesNow(join(workspace, path)),
  }));
  return judge(workspace, workflowsFolder, agent, files);
}

/** What was found at one place: null for nothing, a text for a file that cannot be read. */
interface ReadFile {
  readonly path: string;
  readonly read: Buffer | string | null;
}

function placesOf(agent: string, workflowsFolder: string): readonly string[] {
  if (!isAgentId(agent)) return [];
  return workflowExtensions.map((extension) => pathOfAgent(agent, workflowsFolder, extension));
}

function judge(
  workspace: string,
  workflowsFolder: string,
  agent: string,
  files: readonly ReadFile[],
): LoadedWorkflow {
  const [first] = workflowExtensions;
  const path = pathOfAgent(agent, workflowsFolder, first);
  if (!isAgentId(agent)) {
    return { kind: 'missing', agent, path, message: `"${agent}" is no agent id` };
  }
  const found: { readonly path: string; readonly bytes: Buffer }[] = [];
  for (const { path, read } of files) {
    if (typeof read === 'string') {
      return { kind: 'missing', agent, path, message: `${path}: ${read}` };
    }
    if (read !== null) found.push({ path, bytes: read });
  }
  const [file, other] = found;
  if (file === undefined) {
    return { kind: 'missing', agent, path, message: `there is no workflow file ${path}` };
  }
  return check(workspace, workflowsFolder, agent, file, other?.path);
}

function check(
  workspace: string,
  workflowsFolder: string,
  agent: string,
  { path, bytes }: { readonly path: string; readonly bytes: Buffer },
  other: string | undefined,
): LoadedWorkflow {
  const hash = `sha256-${sha256(bytes)}`;
  const decoded = decode(bytes);
  if (decoded === null) {
    const message = 'the file is not UTF-8; save it with that encoding';
    const diagnostics = [atStart('error', 'not-utf8', message)];
    return { kind: 'invalid', agent, path, text: '', hash, diagnostics };
  }
  const resolveUses = createUsesResolver({ workspace, workflowsFolder, agent, path });
  const result = parseWorkflow(decoded, { agent, path, resolveUses });
  const message = `${other ?? ''} has the same id "${agent}"; this file is used and that one is not`;
  const parsed =
    other === undefined
      ? result
      : {
          ...result,
          diagnostics: [atStart('warning', 'agent-clash', message), ...result.diagnostics],
        };
  const { workflow, diagnostics } = parsed;
  if (workflow === null) return { kind: 'invalid', agent, path, text: decoded, hash, diagnostics };
  return { kind: 'valid', workflow, text: decoded, hash, parsed };
}

async function readBytes(file: string): Promise<Buffer | string | null> {
  try {
    const { size } = await promisify(stat)(file);
    if (size > maxBytes) return tooLarge;
    // Not `node:fs/promises`, which takes 3 ms to load.
    return await promisify(readFile)(file);
  } catch (error) {
    return describeUnreadable(error);
  }
}

function readBytesNow(file: string): Buffer | string | null {
  try {
    return statSync(file).size > maxBytes ? tooLarge : readFileSync(file);
  } catch (error) {
    return describeUnreadable(error);
  }
}

/** Four bytes a character at most: more is refused without being read. */
const maxBytes = maxTextLength * 4;
const tooLarge = 'the file is too large for a workflow';

function describeUnreadable(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' ? null : messageOf(error);
}

/** What is no UTF-8 is null. A byte order mark is none of the text. */
function decode(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null;
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function atStart(severity: Diagnostic['severity'], code: string, message: string): Diagnostic {
  return { severity, code, message, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
