import type { ContextName } from '../keys/sites.ts';

/** What each context holds, in Markdown. */
export const contextDocs: Readonly<Record<ContextName, string>> = {
  inputs: 'The inputs of this execution, as `inputs.<name>`, with their types.',
  env: 'Variables of the workflow and of the task, as `env.<NAME>`.',
  secrets:
    'The secrets that the workflow names, as `secrets.<NAME>`. Masked wherever they would be shown.',
  matrix: 'The values of this combination, as `matrix.<name>`.',
  tasks:
    'Other tasks that are over, as `tasks.<id>.outputs.<name>`, `.status`, `.exit-code` and `.attempt`.',
  execution: 'This execution: `execution.id`, `execution.agent`, `execution.attempt`.',
  workspace: 'The absolute path of the workspace folder.',
};

/** What `tasks.<id>` has. */
export const taskPropertyDocs: Readonly<Record<string, string>> = {
  status: '`succeeded`, `failed`, `cancelled` or `skipped`.',
  outputs: 'What the task wrote to the file in `$AGENT_OUTPUT`.',
  'exit-code': 'The exit code of its last attempt; null when there is none.',
  attempt: 'The number of its last attempt.',
};

/** What `execution` has. */
export const executionPropertyDocs: Readonly<Record<string, string>> = {
  id: 'The id of this execution.',
  agent: 'The id of the agent that runs.',
  attempt: '1, and one more with each retry or resume.',
};

/** A function of expressions. */
export interface FunctionDocs {
  readonly signature: string;
  readonly docs: string;
}

/** Every function, by the name people write. */
export const functionDocs: Readonly<Record<string, FunctionDocs>> = {
  contains: {
    signature: 'contains(search, item)',
    docs: 'Whether a text contains another, or a list an item. Case does not count.',
  },
  startsWith: {
    signature: 'startsWith(text, start)',
    docs: 'Whether a text starts with another. Case does not count.',
  },
  endsWith: {
    signature: 'endsWith(text, end)',
    docs: 'Whether a text ends with another. Case does not count.',
  },
  format: {
    signature: "format('… {0} … {1}', value, value)",
    docs: 'Puts values into a text. `{{` is one brace.',
  },
  join: {
    signature: 'join(list, separator)',
    docs: 'The items of a list as one text; the separator is `,` when it is left out.',
  },
  toJSON: { signature: 'toJSON(value)', docs: 'A value as JSON text.' },
  fromJSON: { signature: 'fromJSON(text)', docs: 'The value of a JSON text.' },
  case: {
    signature: 'case(condition, value, …, otherwise)',
    docs: 'The value behind the first condition that is true, else the last one.',
  },
  success: {
    signature: 'success()',
    docs: 'True when no need failed or was cancelled. The default of `if`.',
  },
  failure: { signature: 'failure()', docs: 'True when a direct or indirect need failed.' },
  always: {
    signature: 'always()',
    docs: 'Always true, also after a cancel: the task runs whatever happened.',
  },
  cancelled: { signature: 'cancelled()', docs: 'True when the execution was cancelled.' },
};
