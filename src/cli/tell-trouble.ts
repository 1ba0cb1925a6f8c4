import type { StoreTrouble } from '../engine/store/state-follower.ts';
import type { Terminal } from './terminal.ts';

/** Says on stderr why what is shown may be incomplete. */
export function tellTrouble(terminal: Terminal, trouble: StoreTrouble | null): void {
  if (trouble === null) return;
  const hint = trouble.hint === undefined ? '' : `. ${trouble.hint}`;
  terminal.stderr.write(`agent-executor: warning: ${trouble.message}${hint}\n`);
}
