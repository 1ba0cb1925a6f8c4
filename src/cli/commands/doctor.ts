import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor doctor` */
export const command: Command = {
  spec: {
    name: 'doctor',
    summary: 'Check the state folder and explain what is wrong with it',
    details: ['Ends with 1 when something needs attention.'],
    positionals: [],
    options: [{ name: 'fix', about: 'Repair what can be repaired without losing anything' }],
    examples: [
      { command: 'agent-executor doctor', about: 'Explain' },
      { command: 'agent-executor doctor --fix', about: 'Explain and repair' },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
