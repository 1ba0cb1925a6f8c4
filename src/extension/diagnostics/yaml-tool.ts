import * as vscode from 'vscode';
import { hasSchema } from './said-by-schema.ts';
import type { WorkflowFile } from './workflow-files.ts';

/** The extension that reads our JSON Schema from package.json (`yamlValidation`). */
const yamlTool = 'redhat.vscode-yaml';

/**
 * Whether another extension checks and completes the file by our JSON Schema, so that what the schema says need not be
 * said twice. It is asked whether it is there, not whether it has begun: it begins with the first YAML file.
 */
export function hasYamlTool({ uri, path }: WorkflowFile): boolean {
  if (vscode.extensions.getExtension(yamlTool) === undefined) return false;
  return hasSchema(path) && vscode.workspace.getConfiguration('yaml', uri).get('validate', true);
}
