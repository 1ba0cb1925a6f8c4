import assert from 'node:assert/strict';
import { graphTasks } from '../../../../../src/engine/workflow/authoring/graph-tasks.ts';
import { WorkflowModel } from '../../../../../src/engine/workflow/authoring/workflow-model.ts';
import type { Execution } from '../../../../../src/model/execution.ts';
import { executionWith } from '../../../extension/build-folder.ts';

/** `id status needs` of each row. */
function rows(text: string, execution: Execution | null = null): readonly string[] {
  const { source } = new WorkflowModel(text, { agent: 'a', path: 'workflows/a.yaml' });
  return graphTasks(source, execution).map((task) =>
    [task.id, task.status, ...task.needs, ...(task.isFinally ? ['finally'] : [])].join(' '),
  );
}

describe('graphTasks', () => {
  it('has the tasks of the text with their needs', () => {
    const text =
      'tasks:\n  a: { run: x }\n  b: { needs: [a], run: x }\nfinally:\n  c: { run: x }\n';
    assert.deepEqual(rows(text), ['a pending', 'b pending a', 'c pending finally']);
  });

  it('has the states of the execution, also when the text has moved on', () => {
    const execution = executionWith({ a: { status: 'failed' }, gone: { status: 'succeeded' } });
    const text = 'tasks:\n  fresh: { run: x }\n  a: { needs: fresh, run: x }\n';
    assert.deepEqual(rows(text, execution), ['fresh pending', 'a failed fresh']);
  });

  it('has a row for each combination of a matrix, in the order of the file', () => {
    const text = `tasks:
  b: { run: x, strategy: { matrix: { os: [linux, mac] } } }
  c: { needs: b, run: x }
`;
    assert.deepEqual(rows(text), ['b (linux) pending', 'b (mac) pending', 'c pending b (linux)']);
    const execution = executionWith({ 'b (mac)': { status: 'running', group: 'b' } });
    assert.deepEqual(rows(text, execution), ['b (mac) running', 'c pending b (mac)']);
  });

  it('draws what can be read of a text that is not valid', () => {
    const text = 'tasks:\n  a: { run: x, neds: b }\n  b: { needs: [a, nobody, b] }\n  c: [\n';
    assert.deepEqual(rows(text).slice(0, 2), ['a pending', 'b pending a b']);
  });

  it('does not take the states of a task for those of a matrix of the same name', () => {
    const execution = executionWith({ b: { status: 'succeeded' } });
    const text = 'tasks:\n  b: { run: x, strategy: { matrix: { os: [linux] } } }\n';
    assert.deepEqual(rows(text, execution), ['b (linux) pending']);
  });
});
