import * as vscode from 'vscode';
import { fail, ok, type Result } from '../../model/result.ts';
import { isAgentId } from '../../engine/workflow/agent-id.ts';
import { describeMoment, joinParts } from '../describe-time.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { isInPlaceOf, newestByAgent, type FolderState } from '../folder-state.ts';
import { wordForResult } from '../status-words.ts';
import { commandIds } from '../ids.ts';
import { iconText } from './choose-execution.ts';
import type { CommandScope } from './command-scope.ts';
import type { Wanted } from './read-argument.ts';

const { t } = vscode.l10n;

/** An agent of a folder. It need not have a file: running it then says so, on the record. */
export interface ChosenAgent {
  readonly folder: FolderController;
  readonly agent: string;
}

/** The agent that the arguments name, or that the person picks; undefined when they changed their mind. */
export async function chooseAgent(
  scope: CommandScope,
  wanted: Wanted,
  question: string,
): Promise<Result<ChosenAgent | undefined>> {
  const controllers = scope.folders.all.filter(
    ({ key }) => wanted.folder === null || key === wanted.folder,
  );
  if (controllers.length === 0) {
    return fail('no-folder', t('Agents are workflow files of a folder: open a folder first.'));
  }
  const name = wanted.agent ?? wanted.text ?? agentOfExecution(scope, wanted);
  if (name === null) return ok(await pickAgent(controllers, question));
  if (!isAgentId(name)) return fail('unknown-agent', t('"{0}" is not the id of an agent.', name));
  const owners = controllers.filter(({ state }) => hasAgent(state, name));
  const folder = await chooseFolder(owners.length > 0 ? owners : controllers, question);
  return ok(folder === undefined ? undefined : { folder, agent: name });
}

/** The only folder, or the one that the person picks. */
export async function chooseFolder(
  controllers: readonly FolderController[],
  question: string,
): Promise<FolderController | undefined> {
  if (controllers.length < 2) return controllers[0];
  const picked = await vscode.window.showQuickPick(
    controllers.map((folder) => ({
      label: `$(root-folder) ${folder.folder.name}`,
      description: folder.folder.uri.fsPath,
      folder,
    })),
    { placeHolder: question },
  );
  return picked?.folder;
}

async function pickAgent(
  controllers: readonly FolderController[],
  question: string,
): Promise<ChosenAgent | undefined> {
  const items = controllers.flatMap((folder) =>
    agentItems(folder.state, controllers.length > 1).map((item) => ({ ...item, folder })),
  );
  if (items.length === 0) {
    const create = t('New Workflow…');
    const answer = await vscode.window.showInformationMessage(
      t('There is no workflow yet.'),
      create,
    );
    if (answer === create) await vscode.commands.executeCommand(commandIds.newWorkflow);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: question,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked === undefined ? undefined : { folder: picked.folder, agent: picked.agent };
}

function agentItems(
  state: FolderState,
  hasFolders: boolean,
): readonly (vscode.QuickPickItem & { readonly agent: string })[] {
  const newest = newestByAgent(state.executions);
  const now = new Date();
  return state.agents.map(({ agent, problem }) => {
    const last = newest.get(agent);
    const status =
      last === undefined
        ? t('never run')
        : joinParts(wordForResult(agent, last, t), describeMoment(last.createdAt, now, t));
    const icon =
      problem !== null || (last !== undefined && isInPlaceOf(agent, last))
        ? '$(warning)'
        : last === undefined
          ? '$(circle-large-outline)'
          : iconText(last.status);
    return {
      label: `${icon} ${agent}`,
      description: joinParts(status, hasFolders ? state.name : null),
      ...(problem === null ? {} : { detail: problem }),
      agent,
    };
  });
}

function agentOfExecution(scope: CommandScope, wanted: Wanted): string | null {
  if (wanted.execution === null || wanted.folder === null) return null;
  return scope.folders.get(wanted.folder)?.find(wanted.execution)?.agent ?? null;
}

function hasAgent(state: FolderState, agent: string): boolean {
  return state.agents.some((one) => one.agent === agent);
}
