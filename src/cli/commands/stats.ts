import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor stats` */
export const command: Command = {
  spec: {
    name: 'stats',
    summary: 'Success rates and durations of agents and tasks',
    details: [
      'Rates count succeeded, failed and interrupted executions; durations (p50, p95) those that succeeded.',
    ],
    positionals: [{ name: 'AGENT', about: 'Only this agent' }],
    options: [],
    examples: [
      { command: 'agent-executor stats', about: 'All agents' },
      { command: 'agent-executor stats hello --json', about: 'One agent, for programs' },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
