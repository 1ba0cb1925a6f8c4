import type { GitState } from './execution.ts';

/** How many digits of a commit are shown: as many as tell it apart in nearly every repository. */
const shown = 10;

/** The beginning of a commit's name; null where there is none. */
export function shortCommit({ commit }: GitState): string | null {
  return commit === null ? null : commit.slice(0, shown);
}

/** Branch and commit in a line: `main, 1a2b3c4d5e`. */
export function describeGit(git: GitState): string {
  return [git.branch ?? 'no branch', shortCommit(git) ?? 'no commit yet'].join(', ');
}
