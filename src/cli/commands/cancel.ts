import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor cancel` */
export const command: Command = {
  spec: {
    name: 'cancel',
    summary: 'Cancel a running execution',
    details: ['Cancelling an execution that is already being cancelled kills it at once.'],
    positionals: [{ name: 'ID', isRequired: true, about: 'The execution' }],
    options: [{ name: 'wait', about: 'Return when the execution is over' }],
    examples: [
      {
        command: 'agent-executor cancel latest',
        about: 'Ask the newest execution to stop; tasks under `finally` still run',
      },
      { command: 'agent-executor cancel latest --wait', about: 'The same, and wait for the end' },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
