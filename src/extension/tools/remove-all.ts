import * as vscode from 'vscode';
import { cleanExecutions, planCleaning } from '../../engine/history/enforce-retention.ts';
import { removeExecutions } from '../../engine/store/remove-executions.ts';
import { ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { describeCount } from '../describe-count.ts';

const { t } = vscode.l10n;

/** Removing that many is done before anybody wonders. */
const quick = 50;

/** All that is over in a folder: what its history has, and what cannot be read but is shown as over. Oldest first. */
export async function findFinished(folder: FolderController): Promise<readonly string[]> {
  const limits = { maxCount: 0, maxAgeMs: null, maxBytes: null };
  const { ids } = await planCleaning(folder.stateFolder, limits);
  const active = new Set(
    folder.state.executions.filter(({ status }) => !isExecutionOver(status)).map(({ id }) => id),
  );
  const shown = folder.state.executions.filter(
    // What ran for a task of one that still runs belongs to it.
    ({ status, parent }) =>
      isExecutionOver(status) && (parent === null || !active.has(parent.execution)),
  );
  return [...new Set([...ids, ...shown.map(({ id }) => id)])].sort();
}

/** Removes executions that are over, with their logs; returns how many are gone. Codes: those of `removeExecutions`. */
export async function removeAll(
  folder: FolderController,
  ids: readonly string[],
): Promise<Result<number>> {
  // What is shown may be unreadable, and goes all the same: somebody saw what they remove.
  const shown = ids.filter((id) => folder.find(id) !== null);
  const others = ids.filter((id) => folder.find(id) === null);
  const first = shown.length === 0 ? ok(0) : await removeExecutions(folder.stateFolder, shown);
  if (!first.ok) return first;
  const rest = others.length === 0 ? ok(0) : await removeOthers(folder, others);
  await folder.refreshExecutions();
  return rest.ok ? ok(first.value + rest.value) : rest;
}

async function removeOthers(
  folder: FolderController,
  ids: readonly string[],
): Promise<Result<number>> {
  if (ids.length <= quick) return cleanExecutions(folder.stateFolder, ids);
  const title = t('Removing {0} executions', describeCount(ids.length, t));
  return removeWithProgress(folder, ids, title);
}

/** Removes finished executions while a notification tells how far it is and can stop it. Codes: of `cleanExecutions`. */
export async function removeWithProgress(
  folder: FolderController,
  ids: readonly string[],
  title: string,
): Promise<Result<number>> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title,
      cancellable: true,
    },
    (progress, token) => {
      const stopped = new AbortController();
      token.onCancellationRequested(() => {
        stopped.abort();
      });
      let before = 0;
      return cleanExecutions(folder.stateFolder, ids, {
        signal: stopped.signal,
        onProgress: (done, all) => {
          progress.report({ increment: ((done - before) / all) * 100 });
          before = done;
        },
      });
    },
  );
}
