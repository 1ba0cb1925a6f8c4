import type { Command } from './command.ts';
import type { CommandSummary } from './arguments/render-help.ts';

/** A command of the overview, loaded when it is called for. */
export interface ListedCommand extends CommandSummary {
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** All commands, in the order of the overview. */
export const commandList: readonly ListedCommand[] = [
  {
    name: 'run',
    summary: 'Run an agent and follow it',
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'list',
    summary: 'List agents and executions',
    load: () => import('./commands/list.ts'),
  },
  {
    name: 'show',
    summary: 'Show one execution with its tasks',
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'logs',
    summary: 'Print the output of tasks',
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'watch',
    summary: 'Follow all executions of the workspace',
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'cancel',
    summary: 'Cancel a running execution',
    load: () => import('./commands/cancel.ts'),
  },
  {
    name: 'retry',
    summary: 'Run failed tasks of an execution again, and what depends on them',
    load: () => import('./commands/retry.ts'),
  },
  {
    name: 'resume',
    summary: 'Go on with an interrupted or cancelled execution',
    load: () => import('./commands/resume.ts'),
  },
  {
    name: 'approve',
    summary: 'Say yes to an approval that waits',
    load: () => import('./commands/approve.ts'),
  },
  {
    name: 'reject',
    summary: 'Say no to an approval that waits',
    load: () => import('./commands/reject.ts'),
  },
  {
    name: 'validate',
    summary: 'Check workflow files',
    load: () => import('./commands/validate.ts'),
  },
  {
    name: 'stats',
    summary: 'Success rates and durations of agents and tasks',
    load: () => import('./commands/stats.ts'),
  },
  {
    name: 'doctor',
    summary: 'Check the state folder and explain what is wrong with it',
    load: () => import('./commands/doctor.ts'),
  },
];
