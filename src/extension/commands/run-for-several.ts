import * as vscode from 'vscode';
import { findLeftovers } from '../../engine/run/leftovers.ts';
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { executionWords } from '../executions/context-words.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import type { ExecutionRef } from '../folder-state.ts';
import { removeAll } from '../tools/remove-all.ts';
import type { Command, CommandScope } from './command-scope.ts';

/** Commands that do the same to each of the marked executions. */
export type CommandForSeveral = 'cancel' | 'retry' | 'resume' | 'remove';

interface Chosen {
  readonly folder: FolderController;
  readonly execution: Execution;
}

/** The word of `executionWords` that says for which executions a command makes sense. */
const neededWords = {
  cancel: 'cancellable',
  retry: 'retryable',
  resume: 'resumable',
  remove: 'removable',
} as const satisfies Readonly<Record<CommandForSeveral, string>>;

/**
 * Runs a command for all marked executions that it makes sense for, after one question for all of them. `single` is the
 * command for one. What fails for one does not keep the others; the first failure is told.
 */
export async function runForSeveral(
  scope: CommandScope,
  name: CommandForSeveral,
  refs: readonly ExecutionRef[],
  single: Command,
): Promise<Result<unknown>> {
  const fit = refs.flatMap((ref): readonly Chosen[] => {
    const folder = scope.folders.get(ref.folder);
    const execution = folder?.find(ref.execution) ?? null;
    if (folder === null || execution === null) return [];
    return executionWords(execution).includes(neededWords[name]) ? [{ folder, execution }] : [];
  });
  if (fit.length === 0) return fail('not-fit', unfitText(name));
  if (!(await isSure(name, fit, refs.length))) return ok(undefined);
  if (name === 'remove') return removeEach(fit);
  let failed: Result<unknown> | null = null;
  for (const { folder, execution } of fit) {
    const argument = { folder: folder.key, execution: execution.id, ask: false };
    const result = await single(scope, argument, undefined);
    if (!result.ok) failed ??= result;
  }
  return failed ?? ok(fit.length);
}

async function isSure(
  name: CommandForSeveral,
  fit: readonly Chosen[],
  marked: number,
): Promise<boolean> {
  const count = String(fit.length);
  const { question, verb } = words(name, count);
  const lines = fit.slice(0, 10).map(({ execution }) => `${execution.name} (${execution.id})`);
  if (fit.length > lines.length) lines.push('…');
  if (fit.length < marked) {
    const others = String(marked - fit.length);
    lines.push('', vscode.l10n.t('{0} of the marked executions stay as they are.', others));
  }
  const left = name === 'retry' || name === 'resume' ? countLeftovers(fit) : 0;
  if (left > 0) {
    const text = vscode.l10n.t('{0} processes that outlived their runner are ended first.', left);
    lines.push('', text);
  }
  if (name === 'remove') {
    lines.push('', vscode.l10n.t('Their logs are deleted too. This cannot be undone.'));
  }
  const options = { modal: true, detail: lines.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, verb)) === verb;
}

function countLeftovers(fit: readonly Chosen[]): number {
  return fit
    .flatMap(({ folder, execution }) =>
      findLeftovers(execution, execution.tasks, (id) => folder.find(id)),
    )
    .reduce((count, { pids }) => count + pids.length, 0);
}

function words(
  name: CommandForSeveral,
  count: string,
): { readonly question: string; readonly verb: string } {
  const { t } = vscode.l10n;
  switch (name) {
    case 'cancel':
      return { question: t('Cancel {0} executions?', count), verb: t('Cancel Them') };
    case 'retry':
      return { question: t('Retry the failed tasks of {0} executions?', count), verb: t('Retry') };
    case 'resume':
      return { question: t('Resume {0} executions?', count), verb: t('Resume') };
    case 'remove':
      return { question: t('Remove {0} executions?', count), verb: t('Remove') };
  }
}

function unfitText(name: CommandForSeveral): string {
  const { t } = vscode.l10n;
  switch (name) {
    case 'cancel':
      return t('None of the marked executions runs.');
    case 'retry':
      return t('None of the marked executions can be retried.');
    case 'resume':
      return t('None of the marked executions can be resumed.');
    case 'remove':
      return t('None of the marked executions is over.');
  }
}

async function removeEach(chosen: readonly Chosen[]): Promise<Result<unknown>> {
  const folders = new Set(chosen.map(({ folder }) => folder));
  let count = 0;
  for (const folder of folders) {
    const ids = chosen.filter((one) => one.folder === folder).map(({ execution }) => execution.id);
    const removed = await removeAll(folder, ids);
    if (!removed.ok) return removed;
    count += removed.value;
  }
  return ok(count);
}
