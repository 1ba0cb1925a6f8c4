import assert from 'node:assert/strict';
import {
  countStatus,
  statusBarText,
} from '../../../../src/extension/status-bar/status-bar-text.ts';
import { executionWith, newFolder, newVerdict } from '../build-folder.ts';

const since = '2026-11-22T14:00:00.000Z';

describe('countStatus', () => {
  it('counts what runs, waits, is stuck and failed', () => {
    const executions = [
      executionWith({}, { agent: 'a', status: 'running' }),
      executionWith({}, { agent: 'b', status: 'queued' }),
      executionWith({}, { agent: 'c', status: 'waiting' }),
      executionWith({}, { agent: 'd', status: 'failed', finishedAt: '2026-11-22T14:15:00.000Z' }),
    ];
    const folder = newFolder({ executions, verdicts: [newVerdict()] });
    assert.deepEqual(countStatus([folder], since), { running: 2, waiting: 1, stuck: 1, failed: 1 });
  });

  it('forgets a failure when the agent runs again', () => {
    const executions = [
      executionWith({}, { id: 'newer', status: 'succeeded' }),
      executionWith({}, { status: 'failed', finishedAt: '2026-11-22T14:15:00.000Z' }),
    ];
    assert.equal(countStatus([newFolder({ executions })], since).failed, 0);
  });

  it('leaves out failures from before, and children', () => {
    const executions = [
      executionWith({}, { agent: 'a', status: 'failed', finishedAt: '2026-11-22T13:15:00.000Z' }),
      executionWith({}, { agent: 'b', status: 'running', parent: { execution: 'p', task: 't' } }),
    ];
    assert.deepEqual(countStatus([newFolder({ executions })], since), {
      running: 0,
      waiting: 0,
      stuck: 0,
      failed: 0,
    });
  });
});

describe('statusBarText', () => {
  it('hides when there is nothing to say', () => {
    assert.equal(statusBarText({ running: 0, waiting: 0, stuck: 0, failed: 0 }), null);
  });

  it('spins while something runs and names what needs a look', () => {
    assert.deepEqual(statusBarText({ running: 2, waiting: 0, stuck: 0, failed: 1 }), {
      text: '$(loading~spin) 2 running  $(error) 1 failed',
      tooltip: 'Agent Executor: 2 running, 1 failed',
      spoken: 'Agent Executor: 2 running, 1 failed',
    });
  });
});
