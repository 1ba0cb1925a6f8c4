import { BooleanData } from '@actions/expressions/data/boolean';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import type { ExpressionScope } from './scope.ts';

/** Names of the functions that ask how things went so far, in lower case. */
export const statusFunctionNames: ReadonlySet<string> = new Set([
  'success',
  'failure',
  'always',
  'cancelled',
]);

/** The status functions with the answers they give in a scope of that status. */
export function statusFunctions(status: ExpressionScope['status']): FunctionDefinition[] {
  return [
    answer('success', status === 'success'),
    answer('failure', status === 'failure'),
    answer('always', true),
    answer('cancelled', status === 'cancelled'),
  ];
}

function answer(name: string, value: boolean): FunctionDefinition {
  return { name, minArgs: 0, maxArgs: 0, call: () => new BooleanData(value) };
}
