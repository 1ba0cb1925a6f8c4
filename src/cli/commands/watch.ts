import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor watch` */
export const command: Command = {
  spec: {
    name: 'watch',
    summary: 'Follow all executions of the workspace',
    details: ['Ends with Ctrl-C.'],
    positionals: [],
    options: [],
    examples: [
      {
        command: 'agent-executor watch',
        about: 'A live list on a terminal, a line per change elsewhere',
      },
      { command: 'agent-executor watch --json', about: 'One JSON object a line' },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
