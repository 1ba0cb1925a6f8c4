/** Commands that are in bundles of their own, loaded when one of them is used. */
import { ok } from '../../model/result.ts';
import { noFilter } from '../executions/executions-filter.ts';
import type { Command } from './command-scope.ts';

/** Makes a workflow of a file of another kind. */
export const convertWorkflow: Command = async (scope, first, second) =>
  (await import('../authoring/convert-entry.ts')).convertWorkflow(scope, first, second);

/** Opens the graph of a workflow file beside it. */
export const showGraph: Command = async (scope, first, second) =>
  (await import('../authoring/authoring-entry.ts')).showGraph(scope, first, second);

/** Takes the problems of an execution away. */
export const markHandled: Command = async (scope, first, second) =>
  (await import('../diagnostics/features-entry.ts')).markHandled(scope, first, second);

/** Brings the problems back that were marked as handled. */
export const showHandled: Command = async (scope, first, second) =>
  (await import('../diagnostics/features-entry.ts')).showHandled(scope, first, second);

/** Narrows the executions view to states and agents. */
export const filterExecutions: Command = async (scope) =>
  (await import('../tools/tools-entry.ts')).filterExecutions(scope);

/** Shows all executions again. */
export const clearFilter: Command = (scope) => {
  scope.executionsView.filter = noFilter;
  return Promise.resolve(ok(undefined));
};

/** Writes an execution to a file. */
export const exportExecution: Command = async (scope, first, second) =>
  (await import('../tools/tools-entry.ts')).exportExecution(scope, first, second);

/** Shows what the state folder holds, and cleans up. */
export const showStateUsage: Command = async (scope, first, second) =>
  (await import('../tools/tools-entry.ts')).showStateUsage(scope, first, second);

/** Checks the state folder, and repairs it. */
export const runDoctor: Command = async (scope, first, second) =>
  (await import('../tools/tools-entry.ts')).runDoctor(scope, first, second);
