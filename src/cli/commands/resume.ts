import type { Command } from '../command.ts';
import { forceOption } from '../force-option.ts';

/** `agent-executor resume` */
export const command: Command = {
  spec: {
    name: 'resume',
    summary: 'Go on with an interrupted or cancelled execution',
    positionals: [{ name: 'ID', isRequired: true, about: 'The execution' }],
    options: [
      { name: 'yes', short: 'y', about: 'Do not ask before it starts' },
      forceOption,
      { name: 'detach', about: 'Print the id and leave it running in the background' },
    ],
    examples: [
      {
        command: 'agent-executor resume latest',
        about: 'Shows what is kept and what runs again, then does it',
      },
    ],
  },
  async run(terminal, given) {
    const { restart } = await import('../restart-command.ts');
    return restart(terminal, given, 'resume');
  },
};
