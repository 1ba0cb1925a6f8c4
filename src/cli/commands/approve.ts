import type { Command } from '../command.ts';

/** `agent-executor approve` */
export const command: Command = {
  spec: {
    name: 'approve',
    summary: 'Say yes to an approval that waits',
    positionals: [
      { name: 'ID', isRequired: true, about: 'The execution' },
      { name: 'TASK', about: 'The task that asks, where more than one does' },
    ],
    options: [],
    examples: [
      {
        command: 'agent-executor approve latest',
        about: 'Approve the only question of the newest execution',
      },
    ],
  },
  async run(terminal, given) {
    const { decide } = await import('../decide-command.ts');
    return decide(terminal, given, 'approve');
  },
};
