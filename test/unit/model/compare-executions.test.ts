import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareExecutions } from '../../../src/model/compare-executions.ts';
import { describeDivergence } from '../../../src/model/describe-divergence.ts';
import type { Execution, TaskExecution } from '../../../src/model/execution.ts';
import type { ExecutionStatus } from '../../../src/model/status.ts';
import { fakeExecution, triedTask } from '../../webview/fake-executions.ts';
import { newTask } from './build-execution.ts';

const startMs = 1_800_000_000_000;

function run(
  tasks: readonly TaskExecution[],
  change: Partial<Execution> = {},
  status: ExecutionStatus = 'succeeded',
): Execution {
  return fakeExecution(1, status, startMs, { tasks, ...change }).execution;
}
const done = (id: string, tookMs = 1000, change: Partial<TaskExecution> = {}): TaskExecution =>
  triedTask(id, 'succeeded', { startMs, endMs: startMs + tookMs }, change);
const bad = (id: string, change: Partial<TaskExecution> = {}): TaskExecution =>
  triedTask(
    id,
    'failed',
    { startMs, endMs: startMs + 500 },
    { reason: 'exit', message: 'ended with exit code 1\nmore', ...change },
  );

describe('two executions that are compared', () => {
  it('differ in nothing when one is compared with itself', () => {
    const one = run([done('lint'), done('test')], { inputs: { version: '1' } });
    const compared = compareExecutions(one, one);
    assert.equal(compared.divergence, null);
    assert.deepEqual(compared.values, []);
    assert.equal(compared.isSameWorkflow, true);
    assert.equal(describeDivergence(compared), 'Every task went the same way in both.');
  });

  it('part at the first task with another status, and not at one that only took longer', () => {
    const compared = compareExecutions(
      run([done('lint', 1000), done('test', 2000)]),
      run([done('lint', 9000), bad('test')], {}, 'failed'),
    );
    assert.equal(compared.divergence?.id, 'test');
    assert.deepEqual(
      compared.tasks.map(({ before, after }) => [before?.durationMs, after?.durationMs]),
      [
        [1000, 9000],
        [2000, 500],
      ],
    );
    assert.equal(
      describeDivergence(compared),
      'They part at test: it failed (ended with exit code 1) now, and succeeded before.',
    );
  });

  it('part at the cause and not at what was skipped for it, wherever the two stand in the file', () => {
    const publish = (task: TaskExecution): TaskExecution => ({ ...task, needs: ['build'] });
    const compared = compareExecutions(
      run([publish(done('publish')), done('build')]),
      run([publish(newTask('publish', { status: 'skipped' })), bad('build')]),
    );
    assert.equal(compared.divergence?.id, 'build');
    assert.deepEqual(
      compared.tasks.map(({ id }) => id),
      ['build', 'publish'],
    );
  });

  it('part at a task that ended alike with another output', () => {
    const compared = compareExecutions(
      run([done('build', 1000, { outputs: { url: 'a', size: '3' } })]),
      run([done('build', 1000, { outputs: { url: 'b', size: '3' } })]),
    );
    assert.equal(compared.divergence?.difference, 'outputs');
    assert.deepEqual(compared.values, [
      { kind: 'task-output', task: 'build', name: 'url', before: 'a', after: 'b' },
    ]);
    assert.equal(
      describeDivergence(compared),
      'They part at build: it ended alike, but with another url.',
    );
  });

  it('also name the first task that ended otherwise, where another value came before it', () => {
    const compared = compareExecutions(
      run([done('build', 1000, { outputs: { url: 'a' } }), done('deploy')]),
      run([done('build', 1000, { outputs: { url: 'b' } }), bad('deploy')]),
    );
    assert.equal(
      describeDivergence(compared),
      'They part at build: it ended alike, but with another url. ' +
        'The first that ended otherwise is deploy: it failed (ended with exit code 1) now, and succeeded before.',
    );
  });

  it('part at a task that only one of them has', () => {
    const compared = compareExecutions(run([done('lint')]), run([done('lint'), done('types')]));
    assert.equal(compared.divergence?.difference, 'only-after');
    assert.match(describeDivergence(compared), /^They part at types: the earlier execution has no/);
  });

  it('tell of inputs and of a workflow that were others from the beginning', () => {
    const compared = compareExecutions(
      run([done('lint')], { inputs: { version: '1', dry: true } }),
      run([done('lint')], {
        inputs: { version: '2', dry: true, note: '' },
        workflow: { path: 'workflows/release.yaml', hash: 'sha256-1' },
      }),
    );
    assert.deepEqual(
      compared.values.map(({ name, before, after }) => [name, before, after]),
      [
        ['version', '1', '2'],
        ['note', null, ''],
      ],
    );
    assert.equal(
      describeDivergence(compared),
      'Every task went the same way in both. They began with a difference in the inputs version, note and the workflow file.',
    );
  });

  it('tell of another branch or commit, where both are on record', () => {
    const git = { branch: 'main', commit: '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b' };
    const compared = compareExecutions(
      run([done('lint')], { git }),
      run([done('lint')], { git: { ...git, commit: null } }),
    );
    assert.deepEqual(compared.values, [
      { kind: 'source', task: null, name: 'commit', before: git.commit, after: null },
    ]);
    assert.match(describeDivergence(compared), /They began with a difference in the commit\.$/);
    assert.deepEqual(compareExecutions(run([]), run([], { git })).values, []);
  });

  it('cannot say whether the workflow is the same where one has no text on record', () => {
    const broken = run([], { workflow: { path: 'workflows/release.yaml', hash: null } });
    assert.equal(compareExecutions(run([]), broken).isSameWorkflow, null);
  });

  it('have every task once, after all that it needs, whatever depends on what', () => {
    const graph = fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(graph, graph, fc.boolean(), (one, other, isAcyclic) => {
        const toTasks = (needs: readonly (readonly number[])[]): TaskExecution[] =>
          needs.map((list, at) =>
            newTask(`t${at}`, {
              needs: list.filter((need) => !isAcyclic || need < at).map((need) => `t${need}`),
            }),
          );
        const [before, after] = [toTasks(one), toTasks(other)];
        const order = compareExecutions(run(before), run(after)).tasks.map(({ id }) => id);
        const all = new Set([...before, ...after].map(({ id }) => id));
        assert.deepEqual([...order].sort(), [...all].sort());
        if (!isAcyclic) return;
        for (const { id, needs } of [...before, ...after]) {
          for (const need of needs) {
            if (all.has(need)) assert.ok(order.indexOf(need) < order.indexOf(id));
          }
        }
      }),
    );
  });

  it('name the task that was made to fail, in chains as long as files may be', () => {
    const chain = (failing: number | null): TaskExecution[] =>
      Array.from({ length: 5000 }, (_, at) => {
        const needs = at === 0 ? [] : [`t${at - 1}`];
        if (failing === null || at < failing) return done(`t${at}`, 1, { needs });
        return at === failing
          ? bad(`t${at}`, { needs })
          : newTask(`t${at}`, { status: 'skipped', needs });
      });
    const compared = compareExecutions(run(chain(null)), run(chain(4321).reverse()));
    assert.equal(compared.divergence?.id, 't4321');
  });
});
