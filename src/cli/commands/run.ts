import { fail } from '../../model/result.ts';
import type { Command } from '../command.ts';

/** `agent-executor run` */
export const command: Command = {
  spec: {
    name: 'run',
    summary: 'Run an agent and follow it',
    details: [
      'On a terminal, missing inputs are asked for and progress is drawn live. Elsewhere every change is one line, and the output of a task follows in one piece when the task ends. Ctrl-C cancels, a second Ctrl-C kills.',
    ],
    positionals: [
      {
        name: 'AGENT',
        isRequired: true,
        about: "The agent's id: its workflow file below workflows/, without extension",
      },
    ],
    options: [
      {
        name: 'input',
        short: 'i',
        value: 'NAME=VALUE',
        isRepeatable: true,
        about: 'Set an input; may be given more than once',
      },
      {
        name: 'detach',
        about: 'Print the id of the execution and leave it running in the background',
      },
    ],
    examples: [
      {
        command: 'agent-executor run hello -i name=Ada',
        about: 'Run workflows/hello.yaml with an input',
      },
      {
        command: 'agent-executor run ops/backup --detach',
        about: 'Start it in the background; prints the id only',
      },
      {
        command: 'agent-executor run release --json',
        about: 'One JSON object a line, for programs',
      },
    ],
  },
  run() {
    return Promise.resolve(fail('not-yet', 'this command is not there yet'));
  },
};
