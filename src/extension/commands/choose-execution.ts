import * as vscode from 'vscode';
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { describeMoment, describeSpan, joinParts } from '../describe-time.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { wordForStatus } from '../status-words.ts';
import { statusIcon, type AnyStatus } from '../tree/status-icon.ts';
import type { CommandScope } from './command-scope.ts';
import { findTarget, fittingTargets, type Target } from './find-target.ts';
import type { Wanted } from './read-argument.ts';
import { tell } from '../tell.ts';

const { t } = vscode.l10n;

/** What a command acts on. */
export interface ChosenExecution {
  readonly folder: FolderController;
  readonly execution: Execution;
  readonly task: TaskExecution | null;
}

/** How a choice is described to the person. */
export interface ExecutionChoice {
  /** Placeholder of the quick pick: "Which execution shall be cancelled?" */
  readonly question: string;
  /** What to say when none fits: "Nothing runs." */
  readonly none: string;
  /** What to say when the named one does not fit: "is not running". */
  readonly unfit: string;
  readonly isFit: (execution: Execution, task: TaskExecution | null) => boolean;
}

/** The execution that the arguments name, or that the person picks; undefined when they changed their mind. */
export async function chooseExecution(
  scope: CommandScope,
  wanted: Wanted,
  choice: ExecutionChoice,
): Promise<Result<ChosenExecution | undefined>> {
  const { states } = scope.folders;
  const found = findTarget(states, wanted, choice.isFit);
  if (found.kind === 'unknown') {
    return fail('unknown-execution', t('There is no execution or task "{0}".', found.what));
  }
  if (found.kind === 'one') {
    const { execution, task } = found.target;
    if (choice.isFit(execution, task)) return ok(resolve(scope, found.target));
    const what = task === null ? execution.name : `${execution.name}: ${task.id}`;
    return fail('not-fit', `${what} ${choice.unfit}.`);
  }
  const targets = fittingTargets(states, choice.isFit);
  if (targets.length === 0) {
    void vscode.window.showInformationMessage(choice.none);
    return ok(undefined);
  }
  const picked = await vscode.window.showQuickPick(targetItems(targets, states.length > 1), {
    placeHolder: choice.question,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return ok(picked === undefined ? undefined : resolve(scope, picked.target));
}

/** The task that the arguments name, or that the person picks among those that fit; a single one needs no question. */
export async function chooseTask(
  execution: Execution,
  question: string,
  isFit: (task: TaskExecution) => boolean,
): Promise<TaskExecution | undefined> {
  const tasks = execution.tasks.filter(isFit);
  if (tasks.length < 2) return tasks[0];
  const picked = await vscode.window.showQuickPick(
    tasks.map((task) => ({
      label: `${iconText(task.status)} ${task.name}`,
      description: wordForStatus(task.status, t),
      ...(task.question === null ? {} : { detail: task.question }),
      task,
    })),
    { placeHolder: question, matchOnDescription: true },
  );
  return picked?.task;
}

/** A row per execution: icon, name, state, when. */
export function targetItems(
  targets: readonly Target[],
  hasFolders: boolean,
): readonly (vscode.QuickPickItem & { readonly target: Target })[] {
  const now = new Date();
  return targets.map((target) => {
    const { execution, folder } = target;
    return {
      label: `${iconText(execution.status)} ${execution.name}`,
      description: joinParts(
        wordForStatus(execution.status, t),
        describeSpan(execution.startedAt, execution.finishedAt),
        describeMoment(execution.createdAt, now, t),
        hasFolders ? folder.name : null,
      ),
      detail: joinParts(execution.id, execution.message && tell(execution.message)),
      target,
    };
  });
}

/** The icon of a state inside a label. */
export function iconText(status: AnyStatus): string {
  return `$(${statusIcon(status).id})`;
}

function resolve(scope: CommandScope, target: Target): ChosenExecution | undefined {
  const folder = scope.folders.get(target.folder.key);
  if (folder === null) return undefined;
  return { folder, execution: target.execution, task: target.task };
}
