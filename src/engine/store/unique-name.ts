/**
 * 32 hex digits by chance: a name that nobody else draws, here or elsewhere. No secret: by `Math.random`, which every
 * process starts from a random number of the system, since `node:crypto` takes as long to load as a task to start.
 */
export function uniqueName(): string {
  const digits = (): string =>
    Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return digits() + digits() + digits() + digits();
}
