import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor validate` */
export const command: Command = {
  spec: {
    name: 'validate',
    summary: 'Check workflow files',
    details: ['Ends with 1 when there is an error.'],
    positionals: [
      { name: 'FILE', isRest: true, about: 'Workflow files, or agent ids (default: all agents)' },
    ],
    options: [],
    examples: [
      { command: 'agent-executor validate', about: 'Check every workflow of the workspace' },
      {
        command: 'agent-executor validate workflows/hello.yaml --json',
        about: 'Messages with places, for programs',
      },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
