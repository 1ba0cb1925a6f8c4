/** What the expressions of other tasks see of a task that is over. A page of docs/ and tests are made of it. */
import type { Situation } from './run-situation.ts';

/** How a task `need` ended, and the values of `facts` then. */
export interface ResultRow extends Situation {
  readonly title: string;
  /** One for each of the table's columns. */
  readonly values: readonly (string | number | null)[];
}

/** Expressions over the task `need`, and how the page names them. */
export interface ResultColumn {
  readonly title: string;
  readonly expression: string;
}

export const resultColumns: readonly ResultColumn[] = [
  { title: '`.status`', expression: 'tasks.need.status' },
  { title: '`.outputs.a`', expression: 'tasks.need.outputs.a' },
  { title: '`.exit-code`', expression: 'tasks.need.exit-code' },
  { title: '`.attempt`', expression: 'tasks.need.attempt' },
];

const write = `echo a=1 >> "$AGENT_OUTPUT"`;

/** A task by itself. It writes the output `a=1` first where it runs a script. */
export const resultRows: readonly ResultRow[] = [
  row('succeeded', `shell: sh, run: '${write}'`, ['succeeded', '1', 0, 1]),
  row('wrote no outputs', `shell: sh, run: ':'`, ['succeeded', null, 0, 1]),
  row(
    'wrote an output twice (`a=1`, then `a=2`)',
    `shell: sh, run: '${write}; echo a=2 >> "$AGENT_OUTPUT"'`,
    ['succeeded', '2', 0, 1],
  ),
  row(
    'succeeded at its second attempt, which wrote nothing',
    `shell: sh, run: '[ "$AGENT_ATTEMPT" = 1 ] || exit 0; ${write}; exit 3', retry: { max: 1, delay: 1ms }`,
    ['succeeded', null, 0, 2],
  ),
  row('failed', `shell: sh, run: '${write}; exit 3'`, ['failed', '1', 3, 1]),
  row(
    'failed at its second attempt',
    `shell: sh, run: 'echo a=$AGENT_ATTEMPT >> "$AGENT_OUTPUT"; exit 3', retry: { max: 1, delay: 1ms }`,
    ['failed', '2', 3, 2],
  ),
  row(
    'failed, `continue-on-error`',
    `shell: sh, run: '${write}; exit 3', continue-on-error: true`,
    ['failed', '1', 3, 1],
  ),
  row('ended by a signal of its own', `shell: sh, run: '${write}; kill -KILL $$'`, [
    'failed',
    '1',
    null,
    1,
  ]),
  row(
    'wrote outputs that cannot be read',
    `shell: sh, run: '${write}; echo nonsense >> "$AGENT_OUTPUT"'`,
    ['failed', null, null, 1],
  ),
  row('timed out', `shell: sh, run: '${write}; exec sleep 60', timeout: 150ms`, [
    'failed',
    null,
    null,
    1,
  ]),
  row('could not be started', `shell: sh, run: ':', working-directory: nowhere`, [
    'failed',
    null,
    null,
    1,
  ]),
  row(
    'has an `env` that cannot be evaluated',
    `shell: sh, run: ':', env: { A: "\${{ fromJSON('{') }}" }`,
    ['failed', null, null, 1],
  ),
  row('has an `if` that cannot be evaluated', `shell: sh, run: ':', if: "fromJSON('{')"`, [
    'failed',
    null,
    null,
    0,
  ]),
  row('was skipped', `shell: sh, run: ':', if: false`, ['skipped', null, null, 0]),
  row(
    'was cancelled while it ran',
    `shell: sh, run: '${write}; touch started; exec sleep 60'`,
    ['cancelled', null, null, 1],
    { act: 'cancel' },
  ),
  {
    title: 'was cancelled before it started',
    workflow: `tasks: { other: { shell: sh, run: 'touch started; exec sleep 60' }, need: { needs: other, shell: sh, run: ':' } }`,
    values: ['cancelled', null, null, 0],
    act: 'cancel',
  },
  row('is an approval that was given', `approval: 'Go on?'`, ['succeeded', null, null, 1], {
    act: 'approve',
  }),
  row('is an approval that was rejected', `approval: 'Go on?'`, ['failed', null, null, 1], {
    act: 'reject',
  }),
  row('is an approval that nobody answered', `approval: { message: 'Go on?', timeout: 50ms }`, [
    'failed',
    null,
    null,
    1,
  ]),
  row('uses an agent with an output `a`', `uses: other`, ['succeeded', '1', null, 1], {
    others: { other: other(write) },
  }),
  row('uses an agent that failed, its output was there', `uses: other`, ['failed', '1', null, 1], {
    others: { other: other(`${write}; exit 3`) },
  }),
  row(
    'uses an agent that failed before its output was there',
    `uses: other`,
    ['failed', '', null, 1],
    { others: { other: other(`exit 3; ${write}`) } },
  ),
  row(
    'uses an agent that could not be run with these inputs',
    `uses: other, with: { n: "\${{ env.N }}" }`,
    ['failed', null, null, 1],
    {
      others: { other: `inputs: { n: { type: number } }\n${other(write)}` },
    },
  ),
  row(
    'uses an agent whose execution a person cancelled',
    `uses: other`,
    ['cancelled', '', null, 1],
    { others: { other: other(`touch started; exec sleep 60`) }, act: 'cancel-child' },
  ),
  {
    ...row('was kept by a retry of the execution', `shell: sh, run: '${write}'`, [
      'succeeded',
      '1',
      0,
      1,
    ]),
    workflow: `tasks: { need: { shell: sh, run: '${write}' }, two: { needs: need, shell: sh, run: '[ -e again ]' } }`,
    act: 'retry',
  },
  row(
    'failed and ran again in a retry of the execution',
    `shell: sh, run: '[ -e again ] || exit 3; ${write}'`,
    ['succeeded', '1', 0, 2],
    { act: 'retry' },
  ),
];

/** Expressions over a matrix `need` of `n: [1, 2]`. */
export const matrixColumns: readonly ResultColumn[] = [
  { title: '`.status`', expression: 'tasks.need.status' },
  { title: '`.outputs.last`', expression: 'tasks.need.outputs.last' },
  { title: '`.outputs.of-1`', expression: 'tasks.need.outputs.of-1' },
  { title: '`.outputs.of-2`', expression: 'tasks.need.outputs.of-2' },
  { title: '`.exit-code`', expression: 'tasks.need.exit-code' },
  { title: '`.attempt`', expression: 'tasks.need.attempt' },
];

const writeBoth = `echo last=$N >> "$AGENT_OUTPUT"; echo of-$N=$N >> "$AGENT_OUTPUT"`;

/** A matrix: each combination writes `last=<n>` and `of-<n>=<n>`; they run one after the other. */
export const matrixRows: readonly ResultRow[] = [
  matrix('all succeeded', writeBoth, ['succeeded', '2', '1', '2', 0, 1]),
  matrix(
    'the first wrote nothing to `last`',
    `[ $N = 1 ] || echo last=$N >> "$AGENT_OUTPUT"; echo of-$N=$N >> "$AGENT_OUTPUT"`,
    ['succeeded', '2', '1', '2', 0, 1],
  ),
  matrix(
    'the last wrote an empty text to `last`',
    `[ $N = 2 ] && N= ; echo last=$N >> "$AGENT_OUTPUT"`,
    ['succeeded', '', null, null, 0, 1],
  ),
  matrix('the first failed, so the second was cancelled', `${writeBoth}; exit 3`, [
    'failed',
    '1',
    '1',
    null,
    3,
    1,
  ]),
  matrix(
    'the first failed, `fail-fast: false`',
    `${writeBoth}; [ $N = 2 ] || exit 3`,
    ['failed', '2', '1', '2', 3, 1],
    ', fail-fast: false',
  ),
  matrix(
    'the first failed, `continue-on-error`',
    `${writeBoth}; [ $N = 2 ] || exit 3`,
    ['failed', '2', '1', '2', 3, 1],
    '',
    ', continue-on-error: true',
  ),
  matrix(
    'the first was skipped by its `if`',
    writeBoth,
    ['skipped', '2', null, '2', null, 1],
    '',
    ', if: matrix.n == 2',
  ),
  matrix(
    'the first succeeded at its second attempt, after the second had ended',
    `[ "$N$AGENT_ATTEMPT" != 11 ] || exit 3; ${writeBoth}`,
    ['succeeded', '1', '1', '2', 0, 2],
    '',
    ', retry: { max: 1, delay: 300ms }',
  ),
];

function row(
  title: string,
  task: string,
  values: ResultRow['values'],
  change: Partial<Situation> = {},
): ResultRow {
  return { title, workflow: `env: { N: x }\ntasks: { need: { ${task} } }`, values, ...change };
}

function other(script: string): string {
  return `tasks: { a: { shell: sh, run: '${script}' } }\noutputs: { a: '\${{ tasks.a.outputs.a }}' }`;
}

function matrix(
  title: string,
  script: string,
  values: ResultRow['values'],
  strategy = '',
  more = '',
): ResultRow {
  const workflow = `tasks:
  need:
    {
      strategy: { matrix: { n: [1, 2] }, max-parallel: 1${strategy} },
      env: { N: '\${{ matrix.n }}' },
      shell: sh,
      run: '${script}'${more},
    }`;
  return { title, workflow, values };
}
