import assert from 'node:assert/strict';
import {
  findRunProblems,
  placeProblem,
} from '../../../../src/extension/diagnostics/find-run-problems.ts';
import { executionWith, failedTask, newAttempt, newVerdict } from '../build-folder.ts';

const failed = executionWith(
  { lint: { status: 'succeeded' }, test: failedTask },
  { status: 'failed' },
);

describe('findRunProblems', () => {
  it('reports a failed task with its reason, its message, a hint and its log', () => {
    assert.deepEqual(findRunProblems([failed], []), [
      {
        path: 'workflows/release.yaml',
        key: 'test',
        severity: 'error',
        code: 'exit',
        message:
          'test failed (exit 1): exit code 1. Its log says more; retry it when the cause is gone.',
        execution: '20261122-141503-7f3a',
        task: 'test',
        attempt: 1,
        log: 'executions/20261122-141503-7f3a/test.1.log',
      },
    ]);
  });

  it('warns about a task that was cut off, but not about one that had not begun', () => {
    const cutOff = { ...failedTask, status: 'interrupted', reason: null, message: null } as const;
    const interrupted = executionWith(
      { test: cutOff, pack: { status: 'interrupted' } },
      { status: 'interrupted' },
    );
    const problems = findRunProblems([interrupted], []);
    assert.deepEqual(
      problems.map(({ task, code, severity }) => [task, code, severity]),
      [['test', 'interrupted', 'warning']],
    );
    assert.match(problems[0]?.message ?? '', /^test was interrupted\. .*resume the execution\.$/);
  });

  it('warns about a stuck task with its evidence', () => {
    const running = executionWith({ test: { status: 'running' } }, { status: 'running' });
    const [problem] = findRunProblems([running], [newVerdict()]);
    assert.equal(problem?.severity, 'warning');
    assert.equal(problem.code, 'stuck');
    assert.match(
      problem.message,
      /^test seems stuck: no output for 2 m 10 s; process 4711 alive, idle\. /,
    );
  });

  it('says nothing about older executions of the same agent', () => {
    const again = executionWith(
      { test: { status: 'running' } },
      { id: 'newer', status: 'running' },
    );
    assert.deepEqual(findRunProblems([again, failed], []), []);
  });

  it('says nothing about a failed task that is retried', () => {
    const retried = executionWith(
      { test: { status: 'pending' } },
      { status: 'running', attempt: 2 },
    );
    assert.deepEqual(findRunProblems([retried], []), []);
  });

  it('points at the matrix task in the file, and names the combination', () => {
    const matrix = executionWith({
      'build (linux)': { ...failedTask, group: 'build' },
      'build (mac)': { ...failedTask, group: 'build' },
    });
    const problems = findRunProblems([matrix], []);
    assert.deepEqual(
      problems.map(({ key }) => key),
      ['build', 'build'],
    );
    assert.match(problems[1]?.message ?? '', /^build \(mac\) failed/);
  });

  it('only warns about a failure that the workflow tolerates', () => {
    const tolerated = executionWith({ test: { ...failedTask, continueOnError: true } });
    assert.equal(findRunProblems([tolerated], [])[0]?.severity, 'warning');
  });

  it('counts the attempts of a task that was retried in vain', () => {
    const attempts = [newAttempt(), newAttempt({ attempt: 2 }), newAttempt({ attempt: 3 })];
    const execution = executionWith({ test: { ...failedTask, attempts, attempt: 3 } });
    const [problem] = findRunProblems([execution], []);
    assert.match(problem?.message ?? '', /^test failed \(exit 1\) after 3 attempts: /);
    assert.equal(problem?.attempt, 3);
  });

  it('leaves it to validation to say that a file is invalid, so that nothing is said twice', () => {
    const message = 'workflows/release.yaml:3:5 unknown key `need`';
    const change = { status: 'failed', reason: 'invalid-workflow', message } as const;
    assert.deepEqual(findRunProblems([executionWith({}, change)], []), []);
  });
});

describe('placeProblem', () => {
  const range = { line: 12, column: 3, endLine: 12, endColumn: 7 };
  const problem = findRunProblems([failed], [])[0]!;

  it('is the key of the task, wherever it is now', () => {
    assert.deepEqual(placeProblem(problem, new Map([['test', range]])), range);
  });

  it('is nowhere when the task is gone from the file', () => {
    assert.equal(placeProblem(problem, new Map()), null);
  });
});
