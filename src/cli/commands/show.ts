import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor show` */
export const command: Command = {
  spec: {
    name: 'show',
    summary: 'Show one execution with its tasks',
    positionals: [{ name: 'ID', about: 'The execution (default: latest)' }],
    options: [],
    examples: [
      { command: 'agent-executor show', about: 'The newest execution' },
      {
        command: 'agent-executor show 20261122-1415 --json',
        about: 'One JSON document; an id may be shortened',
      },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
