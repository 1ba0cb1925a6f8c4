import path from 'node:path';
import * as vscode from 'vscode';

/** Id under which the editor knows the extension. */
export const extensionId = 'agent-executor.agent-executor';

/** Folder of the workspace that the tests run in: a copy of test/integration/workspace. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the editor was opened without a folder');
  return folder.uri.fsPath;
}

/** The URI of a file of the workspace, by its path relative to it. */
export function workspaceUri(...segments: readonly string[]): vscode.Uri {
  return vscode.Uri.file(path.join(workspaceFolder(), ...segments));
}

/**
 * Asks until the answer is something else than `undefined`, and returns it.
 * Throws after `limitMs` (default 10 s), naming `what` was waited for.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  limitMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
