import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor logs` */
export const command: Command = {
  spec: {
    name: 'logs',
    summary: 'Print the output of tasks',
    positionals: [
      { name: 'ID', isRequired: true, about: 'The execution' },
      { name: 'TASK', about: 'Only this task (or all combinations of this matrix task)' },
    ],
    options: [
      { name: 'follow', short: 'f', about: 'Go on as output arrives, until the execution is over' },
      { name: 'attempt', value: 'N', about: 'Only attempt N of each task (default: all attempts)' },
    ],
    examples: [
      {
        command: 'agent-executor logs latest',
        about: 'All output of the newest execution, task by task',
      },
      { command: 'agent-executor logs latest test -f', about: 'Follow one task' },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
