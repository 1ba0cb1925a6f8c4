import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { messageOf } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';
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
  const [first] = workflowExtensions;
  const path = pathOfAgent(agent, workflowsFolder, first);
  if (!isAgentId(agent)) {
    return { kind: 'missing', agent, path, message: `"${agent}" is no agent id` };
  }
  const found: { readonly path: string; readonly bytes: Buffer }[] = [];
  for (const extension of workflowExtensions) {
    const candidate = pathOfAgent(agent, workflowsFolder, extension);
    const read = await readBytes(join(workspace, candidate));
    if (typeof read === 'string') {
      return { kind: 'missing', agent, path: candidate, message: `${candidate}: ${read}` };
    }
    if (read !== null) found.push({ path: candidate, bytes: read });
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
  const hash = `sha256-${createHash('sha256').update(bytes).digest('hex')}`;
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

/** Null for a file that is not there, a text for one that cannot be read. */
async function readBytes(file: string): Promise<Buffer | string | null> {
  try {
    const { size } = await promisify(stat)(file);
    // Four bytes a character at most: more is refused without being read.
    if (size > maxTextLength * 4) return 'the file is too large for a workflow';
    // Not `node:fs/promises`, which takes 3 ms to load: of a run nothing else needs it.
    return await promisify(readFile)(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : messageOf(error);
  }
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function atStart(severity: Diagnostic['severity'], code: string, message: string): Diagnostic {
  return { severity, code, message, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
