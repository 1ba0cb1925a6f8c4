import * as vscode from 'vscode';
import { schemaCodes } from '../../engine/workflow/schema-codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { WorkflowFile } from './workflow-files.ts';

/** The extension that reads our JSON Schema from package.json (`yamlValidation`). */
const yamlTool = 'redhat.vscode-yaml';

/**
 * Whether another extension checks and completes the file by our JSON Schema, so that what the schema says need not be
 * said twice. It is asked whether it is there, not whether it has begun: it begins with the first YAML file.
 */
export function hasYamlTool({ uri, path }: WorkflowFile): boolean {
  if (vscode.extensions.getExtension(yamlTool) === undefined) return false;
  // Its list of files is fixed, while ours follows a setting.
  if (!/^workflows\/.*\.ya?ml$/.test(path)) return false;
  return vscode.workspace.getConfiguration('yaml', uri).get<boolean>('validate', true);
}

/** What every YAML tool says, schema or not. */
const ofYaml = new Set(['yaml-syntax', 'duplicate-key']);

/** True for what a tool that reads the schema says by itself. */
export function isSaidBySchema({ code }: Pick<Diagnostic, 'code'>): boolean {
  return schemaCodes.has(code) || ofYaml.has(code);
}
