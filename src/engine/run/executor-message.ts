import type { ExecutionRequest } from '../../model/execution.ts';
import type { TaskMessage } from './task-conductor-options.ts';

/** What a person or a program asks of a running execution. */
export type RequestMade = Pick<ExecutionRequest, 'type' | 'task' | 'by'>;

/** Everything that can happen to an execution between two turns of its executor. */
export type ExecutorMessage =
  | TaskMessage
  | { readonly type: 'begin' }
  | { readonly type: 'workflow-timeout' }
  | { readonly type: 'request'; readonly request: RequestMade };

/** Whether a message is the wish that the execution ends. */
export function isStop(
  message: ExecutorMessage,
): message is Extract<ExecutorMessage, { readonly type: 'request' }> {
  return (
    message.type === 'request' &&
    (message.request.type === 'cancel' || message.request.type === 'kill')
  );
}

/** The same messages, a wish to stop before all others: a cancel that comes with the beginning comes before it. */
export function stopsFirst(messages: readonly ExecutorMessage[]): readonly ExecutorMessage[] {
  return [...messages].sort((a, b) => Number(isStop(b)) - Number(isStop(a)));
}
