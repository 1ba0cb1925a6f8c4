/** The outcome of something that may fail in an expected way. A bug throws instead. */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/**
 * Expected trouble, in words for a person. `code` is stable and kebab-case (tests and callers branch on it),
 * `message` says what is wrong and what would be right, `hint` what to do next.
 */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** A successful result. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A failed result carrying any error value. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** A failed result from a code and a message. */
export function fail(
  code: string,
  message: string,
  hint?: string,
): { readonly ok: false; readonly error: Failure } {
  return err(hint === undefined ? { code, message } : { code, message, hint });
}

/** The message of anything that was thrown; never throws itself. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'string' ? thrown : JSON.stringify(thrown);
}

/** Marks a place that the types say cannot be reached; throws if it is. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
