/** What the view file should hold, read from the journals: for when it is lost, old or edited. */
import type { Execution } from '../../model/execution.ts';
import { listActive } from './active-marks.ts';
import {
  carryFields,
  compareStates,
  isSameRecord,
  joinExecution,
  newestFirst,
} from './join-executions.ts';
import { listExecutionIds, readExecution } from './read-execution.ts';
import { executionFolder, type StateFolder } from './state-folder.ts';

/** All executions that may be active and the newest `keep` others, newest first. Those that cannot be read are left out. */
export function readFromJournals(folder: StateFolder, keep: number): readonly Execution[] {
  const executions: Execution[] = [];
  const seen = new Set<string>();
  const take = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const read = readExecution(folder, id);
    if (read.ok) executions.push(read.value);
  };
  for (const id of listExecutionIds(folder)) {
    // A folder whose creation was cut short takes nobody's place.
    if (executions.length >= keep) break;
    take(id);
  }
  for (const mark of listActive(folder)) take(mark.id);
  return executions.sort(newestFirst);
}

/** Executions of a file that somebody else wrote, as their journals have them. */
export interface Corrected {
  readonly executions: readonly Execution[];
  /** True when the file said something else than a journal, so that something of it is not used. */
  readonly isContradicted: boolean;
}

/** Where there is a journal it decides; fields of others stay. */
export function correctFromJournals(
  folder: StateFolder,
  executions: readonly Execution[],
): Corrected {
  let isContradicted = false;
  const corrected = executions.map((given) => {
    if (!folder.disk.exists(executionFolder(folder, given.id))) return given;
    const read = readExecution(folder, given.id);
    if (!read.ok) return given;
    const truth = read.value;
    // An older state is no contradiction: it is what a file from yesterday says.
    const order = compareStates(given, truth);
    if (order < 0 || (order === 0 && isSameRecord(given, truth)))
      return joinExecution(given, truth);
    isContradicted = true;
    return carryFields(truth, given);
  });
  return { executions: corrected, isContradicted };
}
