import { existsSync, readFileSync } from 'node:fs';
import { isProcessAlive, judgeOwner } from '../liveness/owner.ts';
import { recoverInterrupted } from '../liveness/recover.ts';
import { listExecutionIds, readExecution } from '../store/read-execution.ts';
import { executionFolder, viewPath, type StateFolder } from '../store/state-folder.ts';
import { readSnapshot } from '../store/state-follower.ts';
import { parseView } from '../store/view-text.ts';
import type { Execution } from '../../model/execution.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { fine, note, problem, repaired, type Finding } from './finding.ts';

const fixWith = 'agent-executor doctor --fix repairs it.';

/** Reading every journal of a long history would take minutes. */
const newestAtMost = 2000;

/** The records: view file, journals, owners that are gone, processes that outlived their runner. */
export async function checkRecords(folder: StateFolder, canFix: boolean): Promise<Finding[]> {
  if (!existsSync(folder.root)) return [];
  const findings: Finding[] = [];
  const executions: Execution[] = [];
  const ids = listExecutionIds(folder, { limit: newestAtMost });
  for (const id of ids) {
    const read = readExecution(folder, id);
    if (read.ok) executions.push(read.value);
    else {
      findings.push(
        problem(
          'journal',
          `execution ${id} cannot be read: ${read.error.message}`,
          `Its logs are in ${executionFolder(folder, id)}; nothing there was touched. Delete the folder when you do not need it.`,
        ),
      );
    }
  }
  const isAll = ids.length < newestAtMost;
  const count = `${isAll ? '' : 'the newest '}${String(executions.length)} execution(s)`;
  findings.unshift(fine('journal', `the journals of ${count} can be read`));
  findings.push(...checkOwners(folder, executions, canFix));
  findings.push(...checkOrphans(executions));
  findings.push(...(await checkView(folder, ids.length, canFix)));
  return findings;
}

function checkOwners(
  folder: StateFolder,
  executions: readonly Execution[],
  canFix: boolean,
): Finding[] {
  const findings: Finding[] = [];
  for (const execution of executions) {
    const { id, owner, status, agent } = execution;
    if (isExecutionOver(status) || owner === null) continue;
    const who = `process ${String(owner.pid)} on ${owner.host}`;
    const verdict = judgeOwner(owner);
    if (verdict === 'alive') {
      findings.push(fine('owner', `${agent} ${id} is ${status}, in ${who}`));
    } else if (verdict === 'unknown') {
      findings.push(
        note(
          'owner',
          `${agent} ${id} is ${status} in ${who}, which cannot be seen from here`,
          `Only that machine or container can tell whether it is still there; when it is not: agent-executor cancel ${id} --force.`,
        ),
      );
    } else {
      const what = `${agent} ${id} is recorded as ${status}, but ${who} is gone`;
      const isRecovered = canFix && recoverInterrupted(folder, [execution]).length > 0;
      findings.push(
        isRecovered
          ? repaired('owner', `${what}; it is marked interrupted now: agent-executor resume ${id}`)
          : problem('owner', what, fixWith),
      );
    }
  }
  return findings;
}

function checkOrphans(executions: readonly Execution[]): Finding[] {
  return executions
    .filter(({ status }) => status === 'interrupted')
    .flatMap(({ id, tasks }) =>
      tasks.flatMap((task) => {
        const attempt = task.attempts.at(-1);
        // Without its start time a pid proves nothing: another program may have got it since.
        if (attempt?.status !== 'interrupted' || attempt.pid === null) return [];
        if (attempt.processStartTime === null) return [];
        if (!isProcessAlive(attempt.pid, attempt.processStartTime)) return [];
        return [
          problem(
            'process',
            `task "${task.id}" of ${id} outlived its runner: process ${String(attempt.pid)} still runs`,
            'Let it end if its work matters: a resume of the execution ends it first.',
          ),
        ];
      }),
    );
}

async function checkView(
  folder: StateFolder,
  executionCount: number,
  canFix: boolean,
): Promise<Finding[]> {
  const trouble = viewTrouble(folder, executionCount);
  if (trouble === null) return [fine('view', `${viewPath(folder)} is sound`)];
  if (trouble.isNewer) {
    return [
      problem('view', trouble.message, 'Update Agent Executor; until then it is not touched.'),
    ];
  }
  if (canFix) {
    const { trouble: left } = await readSnapshot(folder);
    const isSound = viewTrouble(folder, executionCount) === null;
    if (left === null && isSound) {
      return [repaired('view', `${trouble.message}; it was rebuilt from the journals`)];
    }
  }
  return [problem('view', trouble.message, fixWith)];
}

function viewTrouble(
  folder: StateFolder,
  executionCount: number,
): { readonly message: string; readonly isNewer: boolean } | null {
  const file = viewPath(folder);
  if (!existsSync(file)) {
    return executionCount === 0 ? null : { message: `${file} is gone`, isNewer: false };
  }
  try {
    const view = parseView(readFileSync(file));
    switch (view.kind) {
      case 'valid':
        return view.isOwnText && view.rejected === 0
          ? null
          : { message: `${file} was changed by another program`, isNewer: false };
      case 'newer':
        return {
          message: `${file} was written by a newer Agent Executor (version ${String(view.version)})`,
          isNewer: true,
        };
      case 'empty':
        return { message: `${file} is empty`, isNewer: false };
      case 'bad':
        return { message: `${file} cannot be used: ${view.why}`, isNewer: false };
    }
  } catch (thrown) {
    return { message: `${file} cannot be read: ${messageOf(thrown)}`, isNewer: false };
  }
}
