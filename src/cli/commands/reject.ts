import type { Command } from '../command.ts';

/** `agent-executor reject` */
export const command: Command = {
  spec: {
    name: 'reject',
    summary: 'Say no to an approval that waits',
    positionals: [
      { name: 'ID', isRequired: true, about: 'The execution' },
      { name: 'TASK', about: 'The task that asks, where more than one does' },
    ],
    options: [],
    examples: [
      {
        command: 'agent-executor reject latest publish',
        about: 'Reject the question of the task `publish`',
      },
    ],
  },
  async run(terminal, given) {
    const { decide } = await import('../decide-command.ts');
    return decide(terminal, given, 'reject');
  },
};
