import { userInfo } from 'node:os';

/** Who asks, for the record: the user's name, or `cli` where the system does not know one. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'cli';
  }
}
