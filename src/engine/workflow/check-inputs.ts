import type { Result } from '../../model/result.ts';
import type { InputSpec, InputValue } from '../../model/workflow.ts';

/** Why a given input cannot be used. */
export interface InputProblem {
  readonly input: string;
  readonly message: string;
}

/** Checks one given value (typed, or text as from a command line) against its declaration. */
export function checkInput(_spec: InputSpec, _given: unknown): Result<InputValue, InputProblem> {
  throw new Error('not yet');
}

/** Checks all given values: unknown and missing ones are problems, defaults are filled in. */
export function checkInputs(
  _specs: readonly InputSpec[],
  _given: Readonly<Record<string, unknown>>,
): Result<Readonly<Record<string, InputValue>>, readonly InputProblem[]> {
  throw new Error('not yet');
}
