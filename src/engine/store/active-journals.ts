/** The journals of all executions that are not over: what is true even when the view file is late or cannot be written. */
import { applyEvent } from '../../model/apply-event.ts';
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { judgeOwner } from '../liveness/owner.ts';
import { listActive } from './active-marks.ts';
import { compareStates } from './join-executions.ts';
import { readGoodPart } from './journal-chain.ts';
import { JournalTail } from './journal-tail.ts';
import type { StateFolder } from './state-folder.ts';

/** Executions with their journals' states where those are newer. */
export interface WithJournals {
  readonly executions: readonly Execution[];
  /** States that the given ones were behind. */
  readonly ahead: readonly Execution[];
  /** Ids of executions whose journal cannot be used. */
  readonly damaged: readonly string[];
  /** Ids of executions that are not over and have no journal any more: somebody deleted or moved it under them. */
  readonly lost: readonly string[];
}

/** Follows the journals of one folder. */
export class ActiveJournals {
  readonly #folder: StateFolder;
  readonly #tails = new Map<string, JournalTail>();

  constructor(folder: StateFolder) {
    this.#folder = folder;
  }

  /** The journals of the executions that were active at the last look. */
  get files(): readonly string[] {
    return [...this.#tails.values()].flatMap((tail) => tail.file ?? []);
  }

  /** Puts newer states of journals over the given ones. Throws what the disk throws. */
  overlay(executions: readonly Execution[]): WithJournals {
    const given = new Map(executions.map((execution) => [execution.id, execution]));
    const ids = new Set(listActive(this.#folder).map((mark) => mark.id));
    for (const execution of executions) {
      if (!isExecutionOver(execution.status)) ids.add(execution.id);
    }
    // One that is over stays here until the view says so, too.
    for (const id of this.#tails.keys()) ids.add(id);
    const ahead: Execution[] = [];
    const damaged: string[] = [];
    const lost: string[] = [];
    for (const id of ids) {
      const tail = this.#tails.get(id) ?? new JournalTail(this.#folder, id);
      this.#tails.set(id, tail);
      const found = tail.read();
      const known = given.get(id);
      if (tail.failure?.code === 'damaged') {
        damaged.push(id);
        const seen = known ?? found ?? readGoodPart(this.#folder, id);
        if (seen !== null) given.set(id, asUnusable(seen, tail.failure.message));
        continue;
      }
      if (found === null || tail.failure?.code === 'unknown-execution') {
        this.#tails.delete(id);
        if (known !== undefined && !isExecutionOver(known.status)) {
          lost.push(id);
          given.set(id, asUnusable(known, lostMessage));
        }
        continue;
      }
      if (known === undefined || compareStates(known, found) < 0) {
        ahead.push(found);
        given.set(id, known === undefined ? found : withOutputTimes(found, known));
      } else if (isExecutionOver(known.status)) {
        this.#tails.delete(id);
      }
    }
    return { executions: [...given.values()], ahead, damaged, lost };
  }
}

const lostMessage = 'its records were deleted or moved while it ran, and its runner is gone';

/**
 * Nobody can write the end of an execution into a journal that is damaged or gone; once its owner is gone it is shown
 * as interrupted all the same.
 */
function asUnusable(execution: Execution, message: string): Execution {
  if (isExecutionOver(execution.status)) return execution;
  if (execution.owner === null || judgeOwner(execution.owner) !== 'gone') return execution;
  const ended = applyEvent(execution, {
    type: 'execution-finished',
    at: execution.createdAt,
    status: 'interrupted',
    reason: null,
    message,
    outputs: {},
  });
  return ended.ok ? { ...ended.value, finishedAt: null } : execution;
}

/** `lastOutputAt` is in the view only. */
function withOutputTimes(truth: Execution, view: Execution): Execution {
  const tasks = truth.tasks.map((task, index) => {
    const seen = view.tasks[index];
    const isSame = seen?.id === task.id && seen.attempt === task.attempt;
    return isSame && task.lastOutputAt === null && seen.lastOutputAt !== null
      ? { ...task, lastOutputAt: seen.lastOutputAt }
      : task;
  });
  return tasks.some((task, index) => task !== truth.tasks[index]) ? { ...truth, tasks } : truth;
}
