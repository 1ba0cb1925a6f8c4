/** Commands that show two executions beside each other in the dashboard. */
import * as vscode from 'vscode';
import { fail, ok } from '../../model/result.ts';
import { chooseExecution, type ChosenExecution } from './choose-execution.ts';
import type { Command, CommandScope } from './command-scope.ts';
import { dashboardKey } from '../dashboard/dashboard-key.ts';
import { readArgument } from './read-argument.ts';

const { t } = vscode.l10n;

/** Compares two executions: those that the arguments name, or that the person picks. */
export const compare: Command = async (scope, first, second) => {
  const one = await choose(scope, first, t('Which execution shall be compared?'));
  if (!one.ok || one.value === undefined) return one;
  const { agent, id } = one.value.execution;
  const isOther = (other: { readonly id: string }): boolean => other.id !== id;
  const other = await choose(
    scope,
    second,
    t('Compare {0} {1} with which one?', agent, id),
    isOther,
  );
  if (!other.ok || other.value === undefined) return other;
  return show(scope, one.value, other.value);
};

/** Compares the two rows that are marked: of the tree both as the second argument, of the dashboard one with the other. */
export const compareSelected: Command = (scope, first, second) => {
  if (Array.isArray(second) && second.length > 1) {
    const [one, other] = second as readonly unknown[];
    return compare(scope, one, other);
  }
  const isRecord = typeof first === 'object' && first !== null;
  return compare(scope, first, isRecord ? (first as Record<string, unknown>)['other'] : null);
};

/** Compares an execution with the one before it of the same agent. */
export const compareWithPrevious: Command = async (scope, first) => {
  const chosen = await choose(
    scope,
    first,
    t('Which execution shall be compared with the one before?'),
  );
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, execution } = chosen.value;
  // Newest first.
  const previous = folder.state.executions.find(
    ({ agent, createdAt }) => agent === execution.agent && createdAt < execution.createdAt,
  );
  if (previous === undefined) {
    return fail('no-previous', t('There is no earlier execution of {0}.', execution.agent));
  }
  return show(scope, chosen.value, { folder, execution: previous, task: null });
};

function choose(
  scope: CommandScope,
  argument: unknown,
  question: string,
  isFit: (execution: { readonly id: string }) => boolean = () => true,
): ReturnType<typeof chooseExecution> {
  return chooseExecution(scope, readArgument(argument), {
    question,
    none: t('There are no two executions yet.'),
    unfit: t('cannot be compared with itself'),
    isFit,
  });
}

function show(
  scope: CommandScope,
  one: ChosenExecution,
  other: ChosenExecution,
): ReturnType<Command> {
  const keyOf = ({ folder, execution }: ChosenExecution): string =>
    dashboardKey(folder.key, execution.id);
  scope.dashboard.show({ execution: keyOf(one), compareWith: keyOf(other) });
  return Promise.resolve(ok(undefined));
}
