import type { Command } from '../command.ts';
import { forceOption } from '../force-option.ts';

/** `agent-executor retry` */
export const command: Command = {
  spec: {
    name: 'retry',
    summary: 'Run failed tasks of an execution again, and what depends on them',
    positionals: [
      { name: 'ID', isRequired: true, about: 'The execution' },
      { name: 'TASK', about: 'Only this failed task, and what depends on it' },
    ],
    options: [
      { name: 'yes', short: 'y', about: 'Do not ask before it starts' },
      forceOption,
      { name: 'detach', about: 'Print the id and leave it running in the background' },
    ],
    examples: [
      {
        command: 'agent-executor retry latest',
        about: 'Shows what is kept and what runs again, then does it',
      },
      {
        command: 'agent-executor retry latest test --yes',
        about: 'One task, without the question',
      },
    ],
  },
  async run(terminal, given) {
    const { restart } = await import('../restart-command.ts');
    return restart(terminal, given, 'retry');
  },
};
