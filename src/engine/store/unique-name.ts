import { randomUUID } from 'node:crypto';

/** 32 hex digits, nearly all of them by chance from the first on: a name that nobody else draws, here or elsewhere. */
export function uniqueName(): string {
  return randomUUID().replaceAll('-', '');
}
