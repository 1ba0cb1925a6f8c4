import { shells } from '../../../model/workflow.ts';
import type { KeySpec } from './key-spec.ts';

const place = 'task';

/** The keys that say what a task does; each task has exactly one of them. */
export const kindKeys = ['run', 'uses', 'approval', 'http'] as const;

/** Kinds whose names are kept free. */
export const laterKindKeys = ['agent', 'command'] as const;

/** Keys of a task, under `tasks` and `finally` alike. */
export const taskKeys: readonly KeySpec[] = [
  {
    key: 'name',
    place,
    type: { kind: 'text' },
    docs: 'What people see in place of the id. Any text.',
    example: 'name: Unit tests',
    default: 'the id',
  },
  {
    key: 'needs',
    place,
    type: { kind: 'list', of: { kind: 'text' }, single: true },
    docs: 'Tasks that must be over before this one starts. If one of them failed, was cancelled or skipped, this one is skipped, unless its `if` says otherwise.',
    example: 'needs: [lint, test]',
    otherNames: ['depends-on', 'depends', 'after', 'requires'],
  },
  {
    key: 'if',
    place,
    type: { kind: 'condition', site: 'condition' },
    docs: 'Whether the task runs, as an expression; `${{ }}` may be left out. Without a status function in it, it means `success() && (…)`.',
    example: "if: success() && inputs.channel == 'stable'",
    default: 'success()',
    otherNames: ['when', 'condition'],
  },
  {
    key: 'run',
    place,
    type: { kind: 'template', site: 'run' },
    docs: 'A script for the shell. Only `matrix`, `execution` and `workspace` may be interpolated: outside text goes through `env` and `"$NAME"`.',
    example: 'run: npm test',
    otherNames: ['script', 'cmd', 'exec', 'shell-command'],
  },
  {
    key: 'shell',
    place,
    type: { kind: 'word', words: shells },
    docs: 'What reads `run`. `bash` runs with `-eo pipefail`.',
    example: 'shell: python',
    default: '`bash` where it exists, else `sh`; on Windows `pwsh`, else `cmd`',
  },
  {
    key: 'uses',
    place,
    type: { kind: 'text' },
    docs: 'Another agent as this task: an agent id, or a path (`./…`) from this file.',
    example: 'uses: ./notes.yaml',
    otherNames: ['workflow'],
  },
  {
    key: 'with',
    place,
    type: { kind: 'named', names: 'argument', of: { kind: 'template', site: 'with' } },
    docs: 'Inputs of the agent that is used. A value that is one expression as a whole keeps its type.',
    example: "with: { version: '${{ inputs.version }}' }",
  },
  {
    key: 'approval',
    place,
    type: {
      kind: 'short-or-map',
      short: { kind: 'template', site: 'approval' },
      place: 'approval',
    },
    docs: 'Waits until a person approves or rejects. A plain text is the message.',
    example: "approval: { message: 'Publish ${{ inputs.version }}?', timeout: 1d }",
  },
  {
    key: 'http',
    place,
    type: { kind: 'short-or-map', short: { kind: 'template', site: 'http' }, place: 'http' },
    docs: 'One HTTP request; its outputs are `status` and `body`. A plain text is the URL of a GET.',
    example: 'http: { url: https://example.com/health }',
  },
  {
    key: 'agent',
    place,
    type: { kind: 'text' },
    docs: 'Reserved for a task done by a language model.',
    example: 'agent: reviewer',
    isLater: true,
  },
  {
    key: 'command',
    place,
    type: { kind: 'text' },
    docs: 'Reserved for a command of the editor.',
    example: 'command: workbench.action.files.saveAll',
    isLater: true,
  },
  {
    key: 'env',
    place,
    type: { kind: 'named', names: 'variable', of: { kind: 'template', site: 'task-env' } },
    docs: 'Environment variables of this task. The safe way to hand inputs, outputs and secrets to a script.',
    example: "env: { VERSION: '${{ inputs.version }}' }",
    otherNames: ['environment', 'variables'],
  },
  {
    key: 'working-directory',
    place,
    type: { kind: 'template', site: 'working-directory' },
    docs: 'Where `run` starts, relative to the workspace folder.',
    example: 'working-directory: packages/core',
    default: 'the workspace folder',
    otherNames: ['cwd', 'dir'],
  },
  {
    key: 'timeout',
    place,
    type: { kind: 'duration' },
    docs: 'How long one attempt may take.',
    example: 'timeout: 10m',
    default: 'no limit',
    otherNames: ['timeout-minutes'],
  },
  {
    key: 'retry',
    place,
    type: {
      kind: 'short-or-map',
      short: { kind: 'integer', min: 0, max: 1000 },
      place: 'retry',
    },
    docs: 'Extra attempts after a failed one. A plain number is how many.',
    example: 'retry: { max: 3, delay: 2s, on: [timeout, 137] }',
    default: '0',
    otherNames: ['retries'],
  },
  {
    key: 'continue-on-error',
    place,
    type: { kind: 'boolean' },
    docs: 'With `true` a failed task stays failed, but counts as succeeded for what depends on it and for the execution.',
    example: 'continue-on-error: true',
    default: 'false',
    otherNames: ['allow-failure', 'ignore-errors'],
  },
  {
    key: 'strategy',
    place,
    type: { kind: 'map', place: 'strategy' },
    docs: 'Runs the task once for each combination of a matrix.',
    example: 'strategy: { matrix: { target: [linux, mac] } }',
  },
  {
    key: 'stuck-after',
    place,
    type: { kind: 'duration' },
    docs: 'A running task without output and without CPU use for this long is reported as stuck.',
    example: 'stuck-after: 10m',
    default: 'the setting, 2m',
  },
  {
    key: 'idempotent',
    place,
    type: { kind: 'boolean' },
    docs: 'Says that running the task twice does no harm, so it may be run again after a crash without asking.',
    example: 'idempotent: true',
    default: 'false',
  },
];
