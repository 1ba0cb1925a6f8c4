import { shells } from '../../../model/workflow.ts';
import type { KeySpec } from './key-spec.ts';

/** Keys of `concurrency`. */
export const concurrencyKeys: readonly KeySpec[] = [
  {
    key: 'group',
    place: 'concurrency',
    type: { kind: 'template', site: 'concurrency' },
    docs: 'The name of the group; executions of other agents may be in the same one.',
    example: 'group: release',
    isRequired: true,
  },
  {
    key: 'on-conflict',
    place: 'concurrency',
    type: { kind: 'word', words: ['queue', 'cancel', 'fail'] },
    docs: 'What happens when another execution of the group is active: wait for it, cancel it, or fail.',
    example: 'on-conflict: cancel',
    default: 'queue',
  },
];

/** Keys of `defaults`. */
export const defaultsKeys: readonly KeySpec[] = [
  {
    key: 'shell',
    place: 'defaults',
    type: { kind: 'word', words: shells },
    docs: 'The shell of `run` tasks.',
    example: 'shell: bash',
  },
  {
    key: 'working-directory',
    place: 'defaults',
    type: { kind: 'template', site: 'defaults' },
    docs: 'Where `run` tasks start, relative to the workspace folder.',
    example: 'working-directory: app',
    otherNames: ['cwd', 'dir'],
  },
  {
    key: 'timeout',
    place: 'defaults',
    type: { kind: 'duration' },
    docs: 'How long one attempt of a task may take. Not for approvals.',
    example: 'timeout: 10m',
    otherNames: ['timeout-minutes'],
  },
  {
    key: 'retry',
    place: 'defaults',
    type: {
      kind: 'short-or-map',
      short: { kind: 'integer', min: 0, max: 1000 },
      place: 'retry',
    },
    docs: 'Extra attempts of a task after a failed one. Not for approvals.',
    example: 'retry: 1',
    otherNames: ['retries'],
  },
  {
    key: 'stuck-after',
    place: 'defaults',
    type: { kind: 'duration' },
    docs: 'When a silent, idle task is reported as stuck.',
    example: 'stuck-after: 5m',
  },
];

/** Keys of `retry` in its long form. */
export const retryKeys: readonly KeySpec[] = [
  {
    key: 'max',
    place: 'retry',
    type: { kind: 'integer', min: 0, max: 1000 },
    docs: 'How many EXTRA attempts there are.',
    example: 'max: 3',
    isRequired: true,
  },
  {
    key: 'delay',
    place: 'retry',
    type: { kind: 'duration', canBeZero: true },
    docs: 'The wait before the first extra attempt.',
    example: 'delay: 2s',
    default: '1s',
  },
  {
    key: 'backoff',
    place: 'retry',
    type: { kind: 'word', words: ['constant', 'exponential'] },
    docs: 'Whether each wait is `factor` times the one before it.',
    example: 'backoff: constant',
    default: 'exponential',
  },
  {
    key: 'factor',
    place: 'retry',
    type: { kind: 'number', min: 1, max: 100 },
    docs: 'By how much the wait grows.',
    example: 'factor: 1.5',
    default: '2',
  },
  {
    key: 'max-delay',
    place: 'retry',
    type: { kind: 'duration', canBeZero: true },
    docs: 'The longest wait.',
    example: 'max-delay: 30s',
    default: '1m',
  },
  {
    key: 'jitter',
    place: 'retry',
    type: { kind: 'boolean' },
    docs: 'Whether waits are varied by chance, so that tasks do not all come back at once.',
    example: 'jitter: true',
    default: 'false',
  },
  {
    key: 'on',
    place: 'retry',
    type: { kind: 'list', of: { kind: 'scalar' }, single: true },
    docs: 'Which failures are retried: reasons (`exit`, `signal`, `timeout`, `spawn`, `output`, `internal`) and exit codes.',
    example: 'on: [timeout, 1, 137]',
    default: 'every failure',
  },
];

/** Keys of `strategy`. */
export const strategyKeys: readonly KeySpec[] = [
  {
    key: 'matrix',
    place: 'strategy',
    type: { kind: 'matrix' },
    docs: 'Lists of values; the task runs once for each combination. `exclude` removes some, `include` adds values or whole combinations. At most 256. Expressions read the values as `matrix.<name>`.',
    example: 'matrix: { target: [linux, mac], include: [{ target: win, flags: --static }] }',
    isRequired: true,
  },
  {
    key: 'max-parallel',
    place: 'strategy',
    type: { kind: 'integer', min: 1, max: 256 },
    docs: 'How many combinations run at the same time.',
    example: 'max-parallel: 2',
    default: "the workflow's limit",
  },
  {
    key: 'fail-fast',
    place: 'strategy',
    type: { kind: 'boolean' },
    docs: 'Whether the first failed combination cancels the others.',
    example: 'fail-fast: false',
    default: 'true',
  },
];

/** Keys of `approval` in its long form. */
export const approvalKeys: readonly KeySpec[] = [
  {
    key: 'message',
    place: 'approval',
    type: { kind: 'template', site: 'approval' },
    docs: 'The question.',
    example: "message: 'Publish ${{ inputs.version }}?'",
    isRequired: true,
  },
  {
    key: 'timeout',
    place: 'approval',
    type: { kind: 'duration' },
    docs: 'How long to wait for an answer; then the task fails.',
    example: 'timeout: 1d',
    default: 'no limit',
  },
];

/** Keys of `http` in its long form. */
export const httpKeys: readonly KeySpec[] = [
  {
    key: 'url',
    place: 'http',
    type: { kind: 'template', site: 'http' },
    docs: 'The address, with `http://` or `https://`.',
    example: 'url: https://example.com/deploy',
    isRequired: true,
  },
  {
    key: 'method',
    place: 'http',
    type: {
      kind: 'word',
      words: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
      ignoreCase: true,
    },
    docs: 'The method.',
    example: 'method: POST',
    default: 'GET',
  },
  {
    key: 'headers',
    place: 'http',
    type: { kind: 'named', names: 'header', of: { kind: 'template', site: 'http' } },
    docs: 'Headers of the request.',
    example: "headers: { authorization: 'Bearer ${{ secrets.TOKEN }}' }",
  },
  {
    key: 'body',
    place: 'http',
    type: { kind: 'template', site: 'http' },
    docs: 'The body, as text.',
    example: 'body: \'{"ref": "main"}\'',
  },
  {
    key: 'expect-status',
    place: 'http',
    type: { kind: 'list', of: { kind: 'integer', min: 100, max: 599 }, single: true },
    docs: 'The answers that count as success.',
    example: 'expect-status: [200, 404]',
    default: 'any 2xx',
  },
];
