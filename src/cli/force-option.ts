/** The option of the commands that can take an execution over: see `force-command.ts`. */
export const forceOption = {
  name: 'force',
  about: 'Take it from a runner on a machine or container that is not there any more',
} as const;
