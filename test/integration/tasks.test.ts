import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeApi, executionOver, removeWorkflow, writeWorkflow } from './agent-executor-api.ts';
import { until } from './test-workspace.ts';

const type = 'agent-executor';
const greeting = `inputs:
  who: { required: true }
tasks:
  greet:
    shell: node
    env: { WHO: '\${{ inputs.who }}' }
    run: |
      console.log('hello ' + process.env.WHO);
      process.exit(process.env.WHO === 'nobody' ? 3 : 0);
`;
const endless = `tasks:
  wait: { shell: node, run: 'setInterval(() => {}, 1000)' }
`;

describe('tasks of the editor', () => {
  before(async () => {
    await writeWorkflow('tasks/greeting', greeting);
    await writeWorkflow('tasks/endless', endless);
  });
  after(() => {
    removeWorkflow('tasks/greeting');
    removeWorkflow('tasks/endless');
  });

  /** The task as an entry of tasks.json would make it. */
  async function taskOf(agent: string, inputs?: object): Promise<vscode.Task> {
    const found = (await vscode.tasks.fetchTasks({ type })).find(({ name }) => name === agent);
    assert.ok(found, `${agent} is not among the tasks`);
    if (inputs !== undefined) found.definition = { type, agent, inputs };
    return found;
  }

  function exitOf(task: vscode.Task): Promise<number | undefined> {
    return new Promise((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        listener.dispose();
        resolve(exitCode);
      });
    });
  }

  const newest = async (agent: string) =>
    (await activeApi()).listExecutions().find((one) => one.agent === agent);

  it('offers every workflow', async () => {
    const names = (await vscode.tasks.fetchTasks({ type })).map(({ name }) => name);
    assert.ok(names.includes('hello'));
    assert.ok(names.includes('tasks/greeting'));
  });

  it('runs one with the inputs of its entry and ends with 0', async () => {
    const task = await taskOf('tasks/greeting', { who: 'task' });
    const exit = exitOf(task);
    await vscode.tasks.executeTask(task);
    assert.equal(await exit, 0);
    assert.deepEqual((await newest('tasks/greeting'))?.inputs, { who: 'task' });
  });

  it('ends with 1 when the workflow fails', async () => {
    const task = await taskOf('tasks/greeting', { who: 'nobody' });
    const exit = exitOf(task);
    await vscode.tasks.executeTask(task);
    assert.equal(await exit, 1);
  });

  it('ends with 2 when an input is refused', async () => {
    const task = await taskOf('tasks/greeting', { who: 'me', which: 'unknown' });
    const exit = exitOf(task);
    await vscode.tasks.executeTask(task);
    assert.equal(await exit, 2);
  });

  it('cancels what runs when the task is terminated', async () => {
    const task = await taskOf('tasks/endless');
    const execution = await vscode.tasks.executeTask(task);
    const running = await until('the execution to run', async () => {
      const found = await newest('tasks/endless');
      return found?.tasks[0]?.status === 'running' ? found : undefined;
    });
    execution.terminate();
    assert.equal((await executionOver(running.id)).status, 'cancelled');
  });
});
