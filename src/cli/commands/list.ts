import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor list` */
export const command: Command = {
  spec: {
    name: 'list',
    summary: 'List agents and executions',
    positionals: [],
    options: [
      { name: 'agent', short: 'a', value: 'AGENT', about: 'Only this agent' },
      {
        name: 'status',
        short: 's',
        value: 'STATUS',
        isRepeatable: true,
        about: 'Only executions with this status; may be given more than once',
      },
      { name: 'limit', short: 'n', value: 'N', about: 'At most N executions (default: 50)' },
      { name: 'all', about: 'All executions, however many' },
    ],
    examples: [
      { command: 'agent-executor list --status failed', about: 'Executions that failed' },
      { command: 'agent-executor list --agent hello --limit 5 --json', about: 'For programs' },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
