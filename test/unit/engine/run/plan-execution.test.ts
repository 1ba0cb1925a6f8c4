import assert from 'node:assert/strict';
import { planTasks, planUpTo } from '../../../../src/engine/run/plan-execution.ts';
import { parseWorkflow } from '../../../../src/engine/workflow/parse-workflow.ts';

describe('the plan of an execution', () => {
  const plan = (text: string) => {
    const { workflow } = parseWorkflow(text, { agent: 'test', path: 'workflows/test.yaml' });
    assert.ok(workflow);
    return planTasks(workflow, { stuckAfterMs: 120_000 }).map(({ task }) => task);
  };

  it('has one task per combination, with the needs of others expanded to all of them', () => {
    const tasks = plan(`
tasks:
  build: { name: Build, run: 'true', strategy: { matrix: { os: [a, b], n: [1] } } }
  test: { needs: build, run: 'true', strategy: { matrix: { n: [1, 2] } } }
  last: { needs: [build, test], run: 'true', timeout: 5s }
finally:
  tidy: { run: 'true' }
`);
    assert.deepEqual(
      tasks.map(({ id, needs }) => [id, needs]),
      [
        ['build (a, 1)', []],
        ['build (b, 1)', []],
        ['test (1)', ['build (a, 1)', 'build (b, 1)']],
        ['test (2)', ['build (a, 1)', 'build (b, 1)']],
        ['last', ['build (a, 1)', 'build (b, 1)', 'test (1)', 'test (2)']],
        ['tidy', []],
      ],
    );
    assert.deepEqual(
      [tasks[0]?.name, tasks[0]?.group, tasks[0]?.matrix],
      ['Build (a, 1)', 'build', { os: 'a', n: 1 }],
    );
    assert.deepEqual([tasks[4]?.timeoutMs, tasks[4]?.stuckAfterMs], [5000, 120_000]);
    assert.deepEqual(
      tasks.map(({ isFinally }) => isFinally),
      [false, false, false, false, false, true],
    );
  });
});

describe('the plan up to a task', () => {
  const text = `
tasks:
  a: { run: 'true' }
  b: { needs: a, run: 'true', strategy: { matrix: { n: [1, 2] } } }
  c: { needs: b, run: 'true' }
  d: { needs: [a, c], run: 'true' }
finally:
  tidy: { run: 'true' }
`;
  const upTo = (task: string) => {
    const { workflow } = parseWorkflow(text, { agent: 'test', path: 'workflows/test.yaml' });
    assert.ok(workflow);
    return planUpTo(planTasks(workflow), task);
  };

  it('has the task with what it needs directly and indirectly, and what runs at the end', () => {
    const planned = upTo('c');
    assert.ok(planned.ok);
    assert.deepEqual(
      planned.value.map(({ task }) => task.id),
      ['a', 'b (1)', 'b (2)', 'c', 'tidy'],
    );
  });

  it('refuses a task that is not there, and one that runs at the end anyway', () => {
    const messages = ['nobody', 'tidy'].map((task) => {
      const planned = upTo(task);
      return planned.ok ? null : planned.error.message;
    });
    assert.deepEqual(messages, [
      'there is no task "nobody"',
      'task "tidy" runs at the end of every execution',
    ]);
  });
});
