import assert from 'node:assert/strict';
import {
  describeAttemptNode,
  describeExecutionNode,
  describeGroupNode,
  describeTaskNode,
} from '../../../../src/extension/executions/describe-execution-node.ts';
import { describeClock, describeMoment } from '../../../../src/extension/describe-time.ts';
import { executionWith, failedTask, newAttempt, newVerdict } from '../build-folder.ts';

const now = new Date('2026-11-22T15:00:00.000Z');
const createdAt = describeMoment('2026-11-22T14:15:03.123Z', now);

describe('describeExecutionNode', () => {
  it('shows state, progress and time of one that runs, and spins', () => {
    const execution = executionWith(
      { lint: { status: 'succeeded' }, test: { status: 'running' } },
      { status: 'running', startedAt: '2026-11-22T14:15:03.123Z' },
    );
    assert.deepEqual(describeExecutionNode(execution, [], now), {
      label: 'Release check',
      description: `running · 1 of 2 tasks · ${createdAt}`,
      icon: { id: 'loading~spin', color: null },
      context: 'execution running cancellable',
      spoken: 'Execution of Release check, running, 1 of 2 tasks',
      open: 'expanded',
      click: null,
    });
  });

  it('looks the same a minute later when nothing happened', () => {
    const execution = executionWith({ test: { status: 'running' } }, { status: 'running' });
    const later = new Date(now.getTime() + 60_000);
    assert.deepEqual(
      describeExecutionNode(execution, [], now),
      describeExecutionNode(execution, [], later),
    );
  });

  it('shows how long one that is over took', () => {
    const execution = executionWith(
      { test: failedTask },
      {
        status: 'failed',
        attempt: 2,
        startedAt: '2026-11-22T14:15:03.000Z',
        finishedAt: '2026-11-22T14:15:15.000Z',
      },
    );
    const { description, context, open } = describeExecutionNode(execution, [], now);
    assert.equal(description, `failed · 12 s · attempt 2 · ${createdAt}`);
    assert.equal(context, 'execution failed retryable removable repeatable logged');
    assert.equal(open, 'collapsed');
  });

  it('warns in place of spinning when it is stuck', () => {
    const execution = executionWith({ test: { status: 'running' } }, { status: 'running' });
    const verdict = newVerdict();
    const node = describeExecutionNode(execution, [verdict], now);
    assert.equal(node.icon?.id, 'warning');
    assert.match(node.description, /^stuck since \d\d:\d\d:\d\d, no output · 0 of 1 tasks/);
  });

  it('says why one failed of which no task can say it', () => {
    const change = { status: 'failed', reason: 'invalid-workflow' } as const;
    const { description } = describeExecutionNode(executionWith({}, change), [], now);
    assert.equal(description, `failed, invalid workflow · ${createdAt}`);
  });

  it('says what it stands in for', () => {
    const fallback = { for: 'ops/backup', reason: 'missing' };
    const execution = executionWith({}, { fallback });
    assert.match(describeExecutionNode(execution, [], now).description, /in place of ops\/backup/);
  });

  it('has nothing below it without tasks', () => {
    assert.equal(describeExecutionNode(executionWith({}), [], now).open, 'leaf');
  });
});

describe('describeTaskNode', () => {
  it('shows why and after how long a task failed', () => {
    const execution = executionWith({ test: failedTask }, { status: 'failed' });
    const node = describeTaskNode(execution, execution.tasks[0]!, null);
    assert.equal(node.description, 'failed, exit 1 · 12 s');
    assert.equal(node.context, 'task failed logged retryable');
    assert.equal(node.click, 'agentExecutor.openLog');
    assert.equal(node.spoken, 'Task test, failed, exit 1, 12 s');
  });

  it('cannot be retried while its execution runs', () => {
    const execution = executionWith({ test: failedTask }, { status: 'running' });
    assert.doesNotMatch(
      describeTaskNode(execution, execution.tasks[0]!, null).context,
      /retryable/,
    );
  });

  it('shows the question of an approval and that it can be answered', () => {
    const execution = executionWith(
      { ask: { kind: 'approval', status: 'waiting', question: 'Publish 1.2.0?' } },
      { status: 'waiting' },
    );
    const node = describeTaskNode(execution, execution.tasks[0]!, null);
    assert.equal(node.description, 'waiting: Publish 1.2.0?');
    assert.match(node.context, /\bapprovable\b/);
  });

  it('counts attempts and says when the next one starts', () => {
    const nextAttemptAt = '2026-11-22T14:16:00.000Z';
    const attempts = [
      newAttempt({ status: 'failed' }),
      newAttempt({ attempt: 2, status: 'failed' }),
    ];
    const execution = executionWith({
      test: { status: 'retrying', nextAttemptAt, attempts, attempt: 2 },
    });
    const node = describeTaskNode(execution, execution.tasks[0]!, null);
    assert.equal(node.description, `retrying at ${describeClock(nextAttemptAt)} · attempt 2`);
  });

  it('says that a failure was tolerated', () => {
    const execution = executionWith({ test: { ...failedTask, continueOnError: true } });
    const node = describeTaskNode(execution, execution.tasks[0]!, null);
    assert.equal(node.description, 'failed, exit 1 · 12 s · tolerated');
  });

  it('shows the signal that ended it', () => {
    const attempts = [newAttempt({ status: 'failed', reason: 'signal', signal: 'SIGKILL' })];
    const execution = executionWith({ test: { status: 'failed', reason: 'signal', attempts } });
    assert.equal(
      describeTaskNode(execution, execution.tasks[0]!, null).description,
      'failed, signal SIGKILL',
    );
  });
});

describe('describeGroupNode', () => {
  it('shows how far a matrix is', () => {
    const execution = executionWith({
      'build (linux)': { status: 'succeeded' },
      'build (mac)': { status: 'running' },
      'build (win)': { status: 'failed' },
    });
    const node = describeGroupNode('build', execution.tasks, []);
    assert.equal(node.description, 'running · 2 of 3 · 1 failed');
    assert.equal(node.icon?.id, 'loading~spin');
  });
});

describe('describeAttemptNode', () => {
  it('shows how one try ended, and opens its log', () => {
    const attempt = newAttempt({ status: 'failed', reason: 'exit', exitCode: 3 });
    const execution = executionWith({ test: { attempts: [attempt] } });
    const node = describeAttemptNode(execution.tasks[0]!, attempt);
    assert.equal(node.label, 'Attempt 1');
    assert.equal(node.description, `failed · exit 3 · 12 s · ${describeClock(attempt.startedAt)}`);
    assert.equal(node.click, 'agentExecutor.openLog');
  });
});
