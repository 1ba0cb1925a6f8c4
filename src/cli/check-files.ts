import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { agentOfPath } from '../engine/workflow/agent-id.ts';
import { findAgents } from '../engine/workflow/find-agents.ts';
import { loadWorkflow } from '../engine/workflow/load-workflow.ts';
import { parseWorkflow } from '../engine/workflow/parse-workflow.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { fail, messageOf, ok, type Result } from '../model/result.ts';
import { didYouMean } from './arguments/nearest-word.ts';
import type { Workspace } from './open-workspace.ts';
import type { Terminal } from './terminal.ts';

/** A workflow file and what is to be said about it. */
export interface CheckedFile {
  /** Relative to the workspace with `/`, or as given for a file outside of it. */
  readonly path: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks the given files (paths or agent ids), or all agents of the workspace when none is given. */
export async function checkFiles(
  terminal: Terminal,
  workspace: Workspace,
  given: readonly string[],
): Promise<Result<readonly CheckedFile[]>> {
  const agents = await findAgents(workspace.root, workspace.workflowsFolder);
  const names = agents.map(({ agent }) => agent);
  const checked: CheckedFile[] = [];
  for (const agent of given.length === 0 ? names : []) {
    const file = await checkAgent(workspace, agent);
    if (!file.ok) return file;
    checked.push(file.value);
  }
  for (const word of given) {
    const place = path.resolve(terminal.directory, word);
    const relative = path.relative(workspace.root, place).replaceAll('\\', '/');
    const agent = names.includes(word) ? word : agentOfPath(relative, workspace.workflowsFolder);
    const file =
      agent !== null && names.includes(agent)
        ? await checkAgent(workspace, agent)
        : await checkLoose(place, word, names);
    if (!file.ok) return file;
    checked.push(file.value);
  }
  return ok(checked);
}

async function checkAgent(workspace: Workspace, agent: string): Promise<Result<CheckedFile>> {
  const loaded = await loadWorkflow(workspace.root, workspace.workflowsFolder, agent);
  switch (loaded.kind) {
    case 'valid': {
      const { workflow, text, parsed } = loaded;
      return ok({ path: workflow.path, text, diagnostics: parsed.diagnostics });
    }
    case 'invalid':
      return ok({ path: loaded.path, text: loaded.text, diagnostics: loaded.diagnostics });
    case 'missing':
      return fail('unknown-agent', loaded.message);
  }
}

/** A file that is no agent of the workspace: checked on its own, without what it `uses`. */
async function checkLoose(
  place: string,
  given: string,
  names: readonly string[],
): Promise<Result<CheckedFile>> {
  try {
    const text = await readFile(place, 'utf8');
    const agent = path.basename(place).replace(/\.ya?ml$/, '');
    return ok({
      path: given,
      text,
      diagnostics: parseWorkflow(text, { agent, path: given }).diagnostics,
    });
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    return isMissing
      ? fail('unknown-agent', `there is no file or agent "${given}"${didYouMean(given, names)}`)
      : fail('unreadable', `cannot read ${given}: ${messageOf(thrown)}`);
  }
}
