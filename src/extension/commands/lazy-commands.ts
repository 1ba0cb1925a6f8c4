/** Commands that are in the bundle of the language: seldom used, and they need the parser anyway. */
import type { Command } from './command-scope.ts';

/** Makes a workflow of a file of another kind. */
export const convertWorkflow: Command = async (scope, first, second) =>
  (await scope.language.load()).convertWorkflow(scope, first, second);

/** Opens the graph of a workflow file beside it. */
export const showGraph: Command = async (scope, first, second) =>
  (await scope.language.load()).showGraph(scope, first, second);
