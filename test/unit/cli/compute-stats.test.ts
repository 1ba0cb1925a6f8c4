import assert from 'node:assert/strict';
import { StatsCounter, type AgentStats } from '../../../src/cli/compute-stats.ts';
import { summarizeExecution } from '../../../src/engine/history/history-entry.ts';
import type { Execution } from '../../../src/model/execution.ts';
import { at, exampleExecution, failedTask, succeededTask } from './example-execution.ts';

function computeStats(executions: readonly Execution[]): AgentStats[] {
  const counter = new StatsCounter();
  for (const execution of executions) counter.add(summarizeExecution(execution));
  return counter.result();
}

describe('StatsCounter', () => {
  it('counts per agent, takes durations from successes, and leaves cancelled ones out of the rate', () => {
    const success = (seconds: number) =>
      exampleExecution({
        status: 'succeeded',
        finishedAt: at(seconds),
        tasks: [succeededTask('test', 0, seconds)],
      });
    const failed = exampleExecution({
      status: 'failed',
      finishedAt: at(60),
      tasks: [failedTask('test', 0, 60, 'exit code 1')],
    });
    const cancelled = exampleExecution({ status: 'cancelled', finishedAt: at(1) });
    assert.deepEqual(computeStats([success(3), success(1), failed, success(2), cancelled]), [
      {
        agent: 'release',
        executions: 5,
        succeeded: 3,
        failed: 1,
        cancelled: 1,
        interrupted: 0,
        successRate: 0.75,
        p50Ms: 2000,
        p95Ms: 3000,
        tasks: [{ task: 'test', runs: 4, failed: 1, p50Ms: 2000, p95Ms: 3000 }],
      },
    ]);
  });

  it('has no numbers where nothing succeeded', () => {
    const [agent] = computeStats([exampleExecution({ status: 'cancelled' })]);
    assert.deepEqual([agent?.successRate, agent?.p50Ms, agent?.p95Ms], [null, null, null]);
  });
});
