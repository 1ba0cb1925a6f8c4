/** When a task runs: what became of what it needs, against what its `if` says. A page of docs/ and tests are made of it. */

/** What happens to the task that has the `if`. */
export type Fate = 'runs' | 'skipped' | 'cancelled' | 'fails';

/** One kind of `if`: as the page names it, and as it stands in the file; null leaves `if` out. */
export interface ConditionColumn {
  readonly title: string;
  readonly condition: string | null;
}

/** One situation before the task, made by a real workflow. */
export interface ConditionRow {
  readonly title: string;
  /** The workflow without the tasks that have the `if`s; those need `needs` and are in `place`. */
  readonly workflow: string;
  readonly needs: readonly string[];
  readonly place: 'tasks' | 'finally';
  /** Agents that the workflow uses. */
  readonly others?: Readonly<Record<string, string>>;
  /** What is done once the file `started` is there. */
  readonly act?: 'cancel' | 'kill' | 'cancel-child' | 'reject' | 'retry';
  /** One for each column: `r`uns, `s`kipped, `c`ancelled, `f`ails. */
  readonly fates: string;
}

export const conditionColumns: readonly ConditionColumn[] = [
  { title: 'no `if`', condition: null },
  { title: 'no status function, true', condition: '1 == 1' },
  { title: '`success()`', condition: 'success()' },
  { title: '`failure()`', condition: 'failure()' },
  { title: '`always()`', condition: 'always()' },
  { title: '`cancelled()`', condition: 'cancelled()' },
  { title: '`!cancelled()`', condition: '!cancelled()' },
  { title: '`success() \\|\\| failure()`', condition: 'success() || failure()' },
  { title: 'false', condition: 'false' },
  { title: '`always() && false`', condition: 'always() && false' },
  { title: 'cannot be evaluated', condition: "fromJSON('{')" },
];

export const fateOf: Readonly<Record<string, Fate>> = {
  r: 'runs',
  s: 'skipped',
  c: 'cancelled',
  f: 'fails',
};

const good = 'rrrsrsrrssf';
const failed = 'sssrrsrrsss';
const skipped = 'ssssrsrssss';
const cancelled = 'ccccrrccccc';
const allCancelled = 'ccccccccccc';
const allSkipped = 'sssssssssss';

const ok = `shell: sh, run: ':'`;
const bad = `shell: sh, run: 'exit 3'`;
const endless = `shell: sh, run: 'touch started; sleep 60'`;

/** Tasks with needs. */
export const taskRows: readonly ConditionRow[] = [
  row('nothing is needed', `tasks: { other: { ${ok} } }`, good, { needs: [] }),
  row('succeeded', `tasks: { need: { ${ok} } }`, good),
  row(
    'succeeded at its second attempt',
    `tasks: { need: { shell: sh, run: '[ "$AGENT_ATTEMPT" = 2 ]', retry: { max: 1, delay: 1ms } } }`,
    good,
  ),
  row('failed (exit code, signal)', `tasks: { need: { ${bad} } }`, failed),
  row(
    'failed at its last attempt',
    `tasks: { need: { ${bad}, retry: { max: 1, delay: 1ms } } }`,
    failed,
  ),
  row('failed, `continue-on-error`', `tasks: { need: { ${bad}, continue-on-error: true } }`, good),
  row('timed out', `tasks: { need: { shell: sh, run: 'exec sleep 60', timeout: 50ms } }`, failed),
  row(
    'timed out, `continue-on-error`',
    `tasks: { need: { shell: sh, run: 'exec sleep 60', timeout: 50ms, continue-on-error: true } }`,
    good,
  ),
  row(
    'could not be started',
    `tasks: { need: { ${ok}, working-directory: no-such-folder } }`,
    failed,
  ),
  row(
    'has an expression that cannot be evaluated',
    `tasks: { need: { ${ok}, env: { A: "\${{ fromJSON('{') }}" } } }`,
    failed,
  ),
  row(
    'has an `if` that cannot be evaluated',
    `tasks: { need: { ${ok}, if: "fromJSON('{')" } }`,
    failed,
  ),
  row('is an approval that was rejected', `tasks: { need: { approval: 'Go on?' } }`, failed, {
    act: 'reject',
  }),
  row(
    'is an approval that nobody answered in time',
    `tasks: { need: { approval: { message: 'Go on?', timeout: 50ms } } }`,
    failed,
  ),
  row('was skipped by its own `if`', `tasks: { need: { ${ok}, if: false } }`, skipped),
  row(
    'was skipped, for a task before it failed',
    `tasks: { first: { ${bad} }, need: { needs: first, ${ok} } }`,
    failed,
  ),
  row(
    'was skipped, for a task before it was skipped',
    `tasks: { first: { ${ok}, if: false }, need: { needs: first, ${ok} } }`,
    skipped,
  ),
  row(
    'succeeded with `always()` after a task that failed',
    `tasks: { first: { ${bad} }, need: { needs: first, if: always(), ${ok} } }`,
    failed,
  ),
  row(
    'succeeded with `always()` after one that failed, `continue-on-error`',
    `tasks: { first: { ${bad}, continue-on-error: true }, need: { needs: first, if: always(), ${ok} } }`,
    good,
  ),
  row(
    'succeeded with `always()` after a task that was skipped',
    `tasks: { first: { ${ok}, if: false }, need: { needs: first, if: always(), ${ok} } }`,
    skipped,
  ),
  row('one succeeded, one failed', `tasks: { need: { ${ok} }, two: { ${bad} } }`, failed, {
    needs: ['need', 'two'],
  }),
  row(
    'one succeeded, one was skipped',
    `tasks: { need: { ${ok} }, two: { ${ok}, if: false } }`,
    skipped,
    { needs: ['need', 'two'] },
  ),
  row(
    'one failed, one was skipped',
    `tasks: { need: { ${bad} }, two: { ${ok}, if: false } }`,
    failed,
    { needs: ['need', 'two'] },
  ),
  row(
    'is a matrix, all combinations succeeded',
    `tasks: { need: { strategy: { matrix: { n: [0, 1] } }, ${ok} } }`,
    good,
  ),
  row(
    'is a matrix, one combination failed and cancelled the others',
    `tasks: { need: { strategy: { matrix: { n: [0, 1] } }, shell: sh, run: 'sleep \${{ matrix.n }}0; exit 1' } }`,
    failed,
  ),
  row(
    'is a matrix, one combination failed, `fail-fast: false`',
    `tasks: { need: { strategy: { matrix: { n: [0, 1] }, fail-fast: false }, shell: sh, run: 'exit \${{ matrix.n }}' } }`,
    failed,
  ),
  row(
    'is a matrix, one combination failed, `continue-on-error`',
    `tasks: { need: { strategy: { matrix: { n: [0, 1] } }, shell: sh, run: 'exit \${{ matrix.n }}', continue-on-error: true } }`,
    good,
  ),
  row(
    'is a matrix, one combination was skipped by its `if`',
    `tasks: { need: { strategy: { matrix: { n: [0, 1] } }, ${ok}, if: matrix.n == 1 } }`,
    skipped,
  ),
  row('uses an agent that failed', `tasks: { need: { uses: other } }`, failed, {
    others: { other: `tasks: { a: { ${bad} } }` },
  }),
  row(
    'uses an agent whose execution a person cancelled',
    `tasks: { need: { uses: other } }`,
    skipped,
    { others: { other: `tasks: { a: { ${endless} } }` }, act: 'cancel-child' },
  ),
  row(
    'was kept by a retry, another one succeeded now',
    `tasks: { need: { ${ok} }, two: { needs: need, shell: sh, run: '[ -e again ]' } }`,
    good,
    { needs: ['need', 'two'], act: 'retry' },
  ),
  row('the execution was cancelled while it ran', `tasks: { need: { ${endless} } }`, cancelled, {
    act: 'cancel',
  }),
  row(
    'succeeded, and the execution was cancelled while this task waited for its turn',
    `max-parallel: 1\ntasks: { need: { ${ok} }, other: { needs: need, ${endless} } }`,
    // What was asked before the cancel is over, or asked once more.
    'cccsrsccssf',
    { act: 'cancel' },
  ),
  row(
    'the execution was killed (a second cancel)',
    `tasks: { need: { ${endless} } }`,
    allCancelled,
    {
      act: 'kill',
    },
  ),
  row(
    'the workflow’s `timeout` was over',
    `timeout: 100ms\ntasks: { need: { shell: sh, run: 'exec sleep 60' } }`,
    allCancelled,
  ),
  row(
    'succeeded after another task had failed, workflow `fail-fast`',
    `fail-fast: true\ntasks: { need: { shell: sh, run: 'until [ -s failing ] && ! kill -0 $(cat failing); do sleep 0.02; done' }, bad: { shell: sh, run: 'echo $$ > failing; exit 3' } }`,
    allSkipped,
  ),
];

/** Tasks of `finally`. */
export const finallyRows: readonly ConditionRow[] = [
  last('all tasks succeeded', `tasks: { a: { ${ok} } }`, good),
  last('a task failed', `tasks: { a: { ${bad} } }`, 'rrsrrsrrssf'),
  last(
    'a task failed, workflow `fail-fast`',
    `fail-fast: true\ntasks: { a: { ${bad} } }`,
    'rrsrrsrrssf',
  ),
  last(
    'a task failed, `continue-on-error`',
    `tasks: { a: { ${bad}, continue-on-error: true } }`,
    good,
  ),
  last('a task was skipped', `tasks: { a: { ${ok}, if: false } }`, good),
  last(
    'a person cancelled an execution that a task uses',
    `tasks: { a: { uses: other } }`,
    'rrccrrccscf',
    { others: { other: `tasks: { a: { ${endless} } }` }, act: 'cancel-child' },
  ),
  last('the execution was cancelled', `tasks: { a: { ${endless} } }`, 'rrccrrccscf', {
    act: 'cancel',
  }),
  last('the execution was killed (a second cancel)', `tasks: { a: { ${endless} } }`, allCancelled, {
    act: 'kill',
  }),
  last(
    'the workflow’s `timeout` was over',
    `timeout: 100ms\ntasks: { a: { shell: sh, run: 'exec sleep 60' } }`,
    'rrsrrsrrssf',
  ),
  last(
    'it needs another `finally` task, which succeeded',
    `tasks: { a: { ${ok} } }\nfinally:\n  need: { ${ok} }`,
    good,
    { needs: ['need'] },
  ),
  last(
    'it needs another `finally` task, which failed',
    `tasks: { a: { ${ok} } }\nfinally:\n  need: { ${bad} }`,
    failed,
    { needs: ['need'] },
  ),
  last(
    'it needs another `finally` task, which failed, `continue-on-error`',
    `tasks: { a: { ${ok} } }\nfinally:\n  need: { ${bad}, continue-on-error: true }`,
    good,
    { needs: ['need'] },
  ),
  last(
    'it needs another `finally` task, which was skipped',
    `tasks: { a: { ${ok} } }\nfinally:\n  need: { ${ok}, if: false }`,
    skipped,
    { needs: ['need'] },
  ),
  last(
    'another `finally` task failed, which it does not need',
    `tasks: { a: { ${ok} } }\nfinally:\n  other: { ${bad} }`,
    good,
  ),
];

type Change = Partial<Pick<ConditionRow, 'needs' | 'others' | 'act'>>;

function row(title: string, workflow: string, fates: string, change: Change = {}): ConditionRow {
  return { title, workflow, fates, place: 'tasks', needs: ['need'], ...change };
}

function last(title: string, workflow: string, fates: string, change: Change = {}): ConditionRow {
  return { title, workflow, fates, place: 'finally', needs: [], ...change };
}
