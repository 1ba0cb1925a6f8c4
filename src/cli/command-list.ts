import type { CommandSummary } from './arguments/render-help.ts';

/** All commands, in the order of the overview. `load-command.ts` and `run-programs.ts` know where they are. */
export const commandList = [
  { name: 'run', summary: 'Run an agent and follow it' },
  { name: 'list', summary: 'List agents and executions' },
  { name: 'show', summary: 'Show one execution with its tasks' },
  { name: 'logs', summary: 'Print the output of tasks' },
  { name: 'watch', summary: 'Follow all executions of the workspace' },
  { name: 'cancel', summary: 'Cancel a running execution' },
  { name: 'retry', summary: 'Run failed tasks of an execution again, and what depends on them' },
  { name: 'resume', summary: 'Go on with an interrupted or cancelled execution' },
  { name: 'approve', summary: 'Say yes to an approval that waits' },
  { name: 'reject', summary: 'Say no to an approval that waits' },
  { name: 'validate', summary: 'Check workflow files' },
  {
    name: 'convert',
    summary: 'Make a workflow of a GitHub Actions file, Taskfile, package.json or tasks.json',
  },
  { name: 'stats', summary: 'Success rates and durations of agents and tasks' },
  { name: 'export', summary: 'Write executions as JSON with their logs, or results as JUnit XML' },
  { name: 'state', summary: 'Show what the state folder holds and how much room it takes' },
  { name: 'clean', summary: 'Remove finished executions that are too many, too old or too big' },
  { name: 'doctor', summary: 'Check the state folder and explain what is wrong with it' },
] as const satisfies readonly CommandSummary[];

/** The name of a command. */
export type CommandName = (typeof commandList)[number]['name'];

/** Whether there is a command of this name. */
export function isCommand(name: string): name is CommandName {
  return commandList.some((listed) => listed.name === name);
}
