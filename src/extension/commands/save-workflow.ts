import * as vscode from 'vscode';
import type { ChosenAgent } from './choose-agent.ts';

/** Saves the file of an agent where it was typed into: what runs is what a person sees. */
export async function saveWorkflow({ folder, agent }: ChosenAgent): Promise<void> {
  const file = folder.agentFiles.files.find((one) => one.agent === agent)?.file;
  const open = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.fsPath === file,
  );
  await open?.save();
}
