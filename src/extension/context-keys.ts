import * as vscode from 'vscode';
import type { Disposable } from '../model/disposable.ts';
import type { Folders } from './folders/folders.ts';
import { contextKeys } from './ids.ts';

/** Keeps the context keys of `when` clauses in step with the folders. */
export function followContextKeys(folders: Folders): Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  return folders.onDidChange(() => {
    set(
      contextKeys.hasAgents,
      folders.states.some(({ agents }) => agents.length > 0),
    );
    set(contextKeys.isReady, folders.isReady);
  });
}
