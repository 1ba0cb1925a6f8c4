import { ok } from '../../model/result.ts';
import type { Command } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { openWorkspace } from '../open-workspace.ts';

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
  async run(terminal, given) {
    const opened = openWorkspace(terminal, given);
    if (!opened.ok) return opened;
    const { watchExecutions } = await import('../following/watch-executions.ts');
    await watchExecutions(terminal, opened.value.folder, given.has('json'));
    return ok(exitStatus.ok);
  },
};
