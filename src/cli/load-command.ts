import type { Command } from './command.ts';
import type { CommandName } from './command-list.ts';

const loaders: Readonly<Record<CommandName, () => Promise<{ readonly command: Command }>>> = {
  run: () => import('./commands/run.ts'),
  list: () => import('./commands/list.ts'),
  show: () => import('./commands/show.ts'),
  logs: () => import('./commands/logs.ts'),
  watch: () => import('./commands/watch.ts'),
  cancel: () => import('./commands/cancel.ts'),
  retry: () => import('./commands/retry.ts'),
  resume: () => import('./commands/resume.ts'),
  approve: () => import('./commands/approve.ts'),
  reject: () => import('./commands/reject.ts'),
  validate: () => import('./commands/validate.ts'),
  convert: () => import('./commands/convert.ts'),
  stats: () => import('./commands/stats.ts'),
  export: () => import('./commands/export.ts'),
  state: () => import('./commands/state.ts'),
  clean: () => import('./commands/clean.ts'),
  doctor: () => import('./commands/doctor.ts'),
};

/** A command, loaded now that it is called for. */
export async function loadCommand(name: CommandName): Promise<Command> {
  return (await loaders[name]()).command;
}
