/** What the webview may ask the extension to do. Nothing that is not in this list can be asked for. */
import { count, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxText } from './limits.ts';

/** Commands about one execution. Which of them make sense now is said by `DetailHead.actions`. */
export const executionActions = [
  'cancel',
  'retry',
  'resume',
  'runAgain',
  'approve',
  'reject',
  'openLog',
  'openWorkflow',
] as const;
export type ExecutionAction = (typeof executionActions)[number];

/** Every command the webview may ask for. */
export const dashboardCommands = [
  ...executionActions,
  'runWorkflow',
  'newWorkflow',
  'showOutput',
  'manageTrust',
] as const;
export type DashboardCommandName = (typeof dashboardCommands)[number];

/** A command with what it is about; a part that does not apply is null. */
export interface CommandRequest {
  readonly command: DashboardCommandName;
  /** Key of the execution. */
  readonly key: string | null;
  readonly task: string | null;
  readonly attempt: number | null;
}

/** Accepts a request for one of the known commands. */
export const isCommandRequest: Guard<CommandRequest> = shape<CommandRequest>({
  command: oneOf(dashboardCommands),
  key: nullable(text(maxText.key)),
  task: nullable(text(maxText.id)),
  attempt: nullable(count()),
});
