import type { Span } from '../reporter.ts';
import { suggestion, type Suggestion } from './suggestion.ts';

interface Snippet {
  readonly label: string;
  readonly docs: string;
  readonly lines: readonly string[];
}

/** One for each kind of task; the first line is the task's id. */
const taskSnippets: readonly Snippet[] = [
  {
    label: 'task: run',
    docs: 'A script.',
    lines: ['${1:task}:', '  run: ${0:echo hello}'],
  },
  {
    label: 'task: run with input',
    docs: 'A script that gets an input in the safe way: as a variable.',
    lines: [
      '${1:task}:',
      '  env:',
      "    ${2:VERSION}: '\\${{ inputs.${3:version} \\}\\}'",
      '  run: ${0:echo "\\$${2:VERSION}"}',
    ],
  },
  {
    label: 'task: run for a matrix',
    docs: 'A script, once for each value.',
    lines: [
      '${1:build}:',
      '  strategy:',
      '    matrix:',
      '      ${2:target}: [${3:linux, mac}]',
      '  env:',
      "    TARGET: '\\${{ matrix.${2:target} \\}\\}'",
      '  run: ${0:./build.sh "\\$TARGET"}',
    ],
  },
  {
    label: 'task: run with retry',
    docs: 'A script that is tried again after a failure.',
    lines: [
      '${1:task}:',
      '  retry: { max: ${2:3}, delay: ${3:2s} }',
      '  timeout: ${4:10m}',
      '  run: ${0:./flaky.sh}',
    ],
  },
  {
    label: 'task: uses',
    docs: 'Another agent as one task.',
    lines: ['${1:task}:', '  uses: ${2:agent}', '  with:', '    ${3:input}: ${0:value}'],
  },
  {
    label: 'task: approval',
    docs: 'Waits until a person approves or rejects.',
    lines: [
      '${1:ask}:',
      '  needs: ${2:build}',
      '  approval:',
      '    message: ${3:Go on?}',
      '    timeout: ${0:1d}',
    ],
  },
  {
    label: 'task: http',
    docs: 'One HTTP request; its outputs are `status` and `body`.',
    lines: [
      '${1:call}:',
      '  http:',
      '    url: ${2:https://example.com/health}',
      '    method: ${0:GET}',
    ],
  },
];

const workflowSnippets: readonly Snippet[] = [
  {
    label: 'workflow',
    docs: 'A workflow of two tasks.',
    lines: [
      'name: ${1:Name}',
      'description: ${2:What it does}',
      '',
      'tasks:',
      '  ${3:build}:',
      '    run: ${4:echo build}',
      '',
      '  ${5:test}:',
      '    needs: ${3:build}',
      '    run: ${0:echo test}',
      '',
    ],
  },
  {
    label: 'workflow with inputs',
    docs: 'A workflow that asks for a value, and tidies up whatever happens.',
    lines: [
      'name: ${1:Name}',
      '',
      'inputs:',
      '  ${2:version}:',
      '    type: ${3|string,number,boolean,choice,file|}',
      '    required: true',
      '    description: ${4:What it is}',
      '',
      'tasks:',
      '  ${5:build}:',
      '    env:',
      "      ${6:VERSION}: '\\${{ inputs.${2:version} \\}\\}'",
      '    run: ${7:echo "\\$${6:VERSION}"}',
      '',
      'finally:',
      '  tidy:',
      '    run: ${0:echo done}',
      '',
    ],
  },
];

/** A whole task, where its id is expected. */
export function completeTasks(replace: Span): readonly Suggestion[] {
  return taskSnippets.map((snippet) => toSuggestion(snippet, replace));
}

/** A whole file, where there is none yet. */
export function completeWorkflow(replace: Span): readonly Suggestion[] {
  return workflowSnippets.map((snippet) => toSuggestion(snippet, replace));
}

function toSuggestion({ label, docs, lines }: Snippet, replace: Span): Suggestion {
  return suggestion(label, 'snippet', replace, { insert: lines.join('\n'), isSnippet: true, docs });
}
