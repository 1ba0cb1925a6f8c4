import * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { taskType } from '../ids.ts';
import type { Language } from '../language.ts';
import type { Launcher } from '../launcher.ts';

/** What running a workflow as a task of the editor needs. */
export interface TaskScope {
  readonly folders: Folders;
  readonly language: Language;
  readonly launcher: Launcher;
}

/** Tells the editor that workflows are tasks too. What answers is in the other bundle. */
export function registerTasks(scope: TaskScope): Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    provideTasks: async () => {
      // Asked for before anything was read when the question is what woke the extension up.
      await scope.folders.start();
      return (await import('./tasks-entry.ts')).provideWorkflowTasks(scope);
    },
    resolveTask: async (task) => {
      await scope.folders.start();
      return (await import('./tasks-entry.ts')).resolveWorkflowTask(scope, task);
    },
  });
}
