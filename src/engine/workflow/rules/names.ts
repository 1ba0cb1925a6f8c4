import { idPattern } from '../../../model/ids.ts';
import type { NameUse } from '../check-shape.ts';
import type { Rule } from './rule.ts';

/** What the runner sets itself; a workflow that changes it would lose its outputs or lie to its tasks. */
const reservedVariables = new Set([
  'AGENT_OUTPUT',
  'AGENT_EXECUTION_ID',
  'AGENT_TASK_ID',
  'AGENT_ATTEMPT',
  'AGENT_WORKSPACE',
]);

/** Names the author chose: ids, variables, headers. */
export const names: Rule = {
  codes: ['bad-id', 'bad-variable', 'bad-header'],
  check({ source }, reporter) {
    for (const use of source.shape.names) {
      const problem = problemOf(use);
      if (problem !== null) reporter.report(use.key, problem.code, problem.message);
    }
  },
};

function problemOf({
  kind,
  key,
}: NameUse): { readonly code: string; readonly message: string } | null {
  const name = key.text;
  switch (kind) {
    case 'task':
    case 'input':
    case 'output':
    case 'argument':
      return isId(name) ? null : { code: 'bad-id', message: wordId(kind, name) };
    case 'variable':
      return variableProblem(name);
    case 'header':
      if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return null;
      return { code: 'bad-header', message: `"${name}" is no name of an HTTP header` };
  }
}

/** `__proto__` is a trap for every program that reads the records of an execution. */
function isId(name: string): boolean {
  return idPattern.test(name) && name !== '__proto__';
}

const owners = {
  task: 'a task',
  input: 'an input',
  output: 'an output',
  argument: 'an argument',
} as const;

function wordId(kind: keyof typeof owners, name: string): string {
  if (name.length > 100) return `the ${kind} id is longer than 100 characters`;
  return `"${name}" cannot be the id of ${owners[kind]}; it starts with a letter or \`_\`, then letters, digits, \`_\` and \`-\``;
}

function variableProblem(name: string): { readonly code: string; readonly message: string } | null {
  const code = 'bad-variable';
  if (reservedVariables.has(name.toUpperCase())) {
    return { code, message: `\`${name}\` is set by the runner and cannot be changed` };
  }
  if (name === '' || name === '__proto__' || /[=\s\p{Cc}]/u.test(name)) {
    return { code, message: `"${name}" cannot be the name of an environment variable` };
  }
  return null;
}
