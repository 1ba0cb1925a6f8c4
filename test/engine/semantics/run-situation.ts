/** Makes a situation by running its workflow with real processes. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { sendRequest } from '../../../src/engine/store/inbox.ts';
import { stateFolderOf } from '../../../src/engine/store/state-folder.ts';
import type { Execution } from '../../../src/model/execution.ts';
import { taskOf, until, type Run, type Workspace } from '../workspace.ts';

/** A situation of one of the tables. */
export interface Situation {
  readonly workflow: string;
  readonly others?: Readonly<Record<string, string>>;
  /** What is done once the file `started` is there, or the approval `need` waits. */
  readonly act?: 'cancel' | 'kill' | 'cancel-child' | 'reject' | 'approve' | 'retry';
}

/** Runs the workflow with more tasks in it, to its end. */
export async function runSituation(
  workspace: Workspace,
  situation: Situation,
  more: { readonly tasks?: object; readonly finally?: object } = {},
): Promise<Execution> {
  for (const [agent, text] of Object.entries(situation.others ?? {})) {
    workspace.workflow(text, agent);
  }
  const workflow = parse(situation.workflow) as { tasks: object; finally?: object };
  const whole = {
    ...workflow,
    tasks: { ...workflow.tasks, ...more.tasks },
    finally: { ...workflow.finally, ...more.finally },
  };
  if (Object.keys(whole.finally).length === 0) Reflect.deleteProperty(whole, 'finally');
  workspace.workflow(stringify(whole, { lineWidth: 0 }));
  const run = await workspace.start();
  await act(workspace, run, situation.act);
  const finished = await run.finished;
  if (situation.act !== 'retry') return finished;
  workspace.file('again', '');
  return workspace.restart(finished.id, 'retry');
}

async function act(workspace: Workspace, run: Run, what: Situation['act']): Promise<void> {
  const { running } = run;
  const isStarted = (): boolean => existsSync(path.join(workspace.folder, 'started'));
  switch (what) {
    case undefined:
    case 'retry':
      break;
    case 'cancel':
      await until('it runs', isStarted);
      running.cancel('a test');
      break;
    case 'kill':
      await until('it runs', isStarted);
      running.cancel('a test');
      running.cancel('a test');
      break;
    case 'cancel-child': {
      const childOf = (): string | null =>
        running.execution.tasks.find(({ child }) => child !== null)?.child ?? null;
      await until('the child runs', () => isStarted() && childOf() !== null);
      const folder = stateFolderOf(workspace.folder);
      sendRequest(folder, childOf() ?? '', { type: 'cancel', task: null, by: 'somebody' });
      break;
    }
    case 'approve':
    case 'reject': {
      await until('it waits', () => taskOf(running.execution, 'need').status === 'waiting');
      const folder = stateFolderOf(workspace.folder);
      sendRequest(folder, running.id, { type: what, task: 'need', by: 'somebody' });
      break;
    }
  }
}
