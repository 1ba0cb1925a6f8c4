import * as vscode from 'vscode';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import type { Log } from '../../engine/ports.ts';
import { readFolderSettings } from '../settings.ts';
import type { Folders } from './folders.ts';

/** The window has better things to do when it was just opened. */
const firstAfterMs = 20_000;
const everyMs = 3_600_000;

/** Removes what the settings do not keep: soon after the window was opened, and every hour. */
export function careForHistory(folders: Folders, log: Log): Disposable {
  const ended = new AbortController();
  const care = async (): Promise<void> => {
    for (const { folder, stateFolder } of folders.all) {
      const { retention } = readFolderSettings(folder.uri);
      const isLimited = Object.values(retention).some((limit) => limit !== null);
      if (!isLimited || !vscode.workspace.isTrusted || ended.signal.aborted) continue;
      const { enforceLimits } = await import('../tools/tools-entry.ts');
      await enforceLimits(stateFolder, retention, log, ended.signal);
    }
  };
  const careSafely = (): void => {
    care().catch((error: unknown) => {
      log.error(`old executions could not be removed: ${messageOf(error)}`);
    });
  };
  const first = setTimeout(careSafely, firstAfterMs);
  const next = setInterval(careSafely, everyMs);
  return toDisposable(() => {
    ended.abort();
    clearTimeout(first);
    clearInterval(next);
  });
}
