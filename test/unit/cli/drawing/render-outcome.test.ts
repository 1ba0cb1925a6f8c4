import assert from 'node:assert/strict';
import {
  nextSteps,
  renderLogEnds,
  renderOutcome,
} from '../../../../src/cli/drawing/render-outcome.ts';
import { at, exampleExecution, failedTask, nowMs, succeededTask } from '../example-execution.ts';
import { plainLook } from './look.ts';

const failed = exampleExecution({
  status: 'failed',
  reason: 'exit',
  message: 'task "test" failed: exit code 1',
  finishedAt: at(7),
  tasks: [succeededTask('lint', 0, 1), failedTask('test', 1, 7, 'exit code 1')],
});

describe('renderOutcome', () => {
  it('says how it ended, why, and what to do next', () => {
    assert.deepEqual(renderOutcome(failed, plainLook, nowMs), [
      '✗ Release check failed after 7 s: 1 failed, 1 succeeded',
      '  task "test" failed: exit code 1',
      '  next: agent-executor logs 20261122-141503-7f3a test · agent-executor retry 20261122-141503-7f3a',
    ]);
  });

  it('shows outputs, and no next step after a success', () => {
    const execution = exampleExecution({
      status: 'succeeded',
      finishedAt: at(7),
      outputs: { url: 'https://example.com', notes: 'one\ntwo' },
      tasks: [succeededTask('lint', 0, 1)],
    });
    assert.deepEqual(renderOutcome(execution, plainLook, nowMs), [
      '✓ Release check succeeded after 7 s: 1 succeeded',
      '  url: https://example.com',
      '  notes: one',
      '    two',
    ]);
  });

  it('tells when a fallback ran', () => {
    const execution = exampleExecution({
      status: 'succeeded',
      finishedAt: at(1),
      fallback: { for: 'deploy', reason: 'workflows/deploy.yaml is missing' },
    });
    assert.deepEqual(renderOutcome(execution, plainLook, nowMs), [
      '✓ Release check succeeded after 1 s',
      '  ran in place of "deploy": workflows/deploy.yaml is missing',
    ]);
  });
});

describe('renderLogEnds', () => {
  it('puts the last lines under a rule with the reason', () => {
    const ends = [{ task: 'test', lines: ['\u001b[31mexpected 1\u001b[0m', 'got 2'], isCut: true }];
    assert.deepEqual(renderLogEnds(failed, ends, plainLook, 40), [
      '',
      '── test: exit code 1 ──────────────────',
      '…',
      'expected 1',
      'got 2',
    ]);
  });

  it('says so when there was no output', () => {
    const lines = renderLogEnds(failed, [{ task: 'test', lines: [], isCut: false }], plainLook, 40);
    assert.equal(lines.at(-1), '(no output)');
  });
});

describe('nextSteps', () => {
  it('quotes the id of a matrix task', () => {
    const execution = { ...failed, tasks: [failedTask('build (linux, 20)', 0, 1, 'exit code 1')] };
    assert.equal(
      nextSteps(execution)[0],
      'agent-executor logs 20261122-141503-7f3a "build (linux, 20)"',
    );
  });

  it('offers to resume what was cancelled or interrupted', () => {
    for (const status of ['cancelled', 'interrupted'] as const) {
      assert.deepEqual(nextSteps({ ...failed, status }), [
        'agent-executor resume 20261122-141503-7f3a',
      ]);
    }
  });
});
