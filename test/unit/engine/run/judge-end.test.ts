import assert from 'node:assert/strict';
import { judgeEnd, type BadTask } from '../../../../src/engine/run/judge-end.ts';

const bad = (id: string, change: Partial<BadTask> = {}): BadTask => ({
  id,
  isFinally: false,
  reason: 'exit',
  message: 'exited with code 1',
  ...change,
});

describe('the end of an execution', () => {
  it('is a success when nothing went wrong', () => {
    const end = judgeEnd({ stop: null, failed: [], cancelled: [] });
    assert.deepEqual(end, { status: 'succeeded', reason: null, message: null });
  });

  it('has the reason of the task that failed first', () => {
    const end = judgeEnd({ stop: null, failed: [bad('a'), bad('b')], cancelled: [bad('c')] });
    const message = 'task "a" exited with code 1; 1 more task failed';
    assert.deepEqual(end, { status: 'failed', reason: 'exit', message });
  });

  it('is a cancel when somebody cancelled it, whatever failed before', () => {
    const stop = { kind: 'cancel' as const, by: 'me' };
    const end = judgeEnd({ stop, failed: [bad('a')], cancelled: [] });
    assert.deepEqual(end, { status: 'cancelled', reason: null, message: 'cancelled by me' });
  });

  it('is a failure when tidying up failed after a cancel, but not after a kill', () => {
    const failed = [bad('tidy', { isFinally: true })];
    const cancel = judgeEnd({ stop: { kind: 'cancel', by: 'me' }, failed, cancelled: [] });
    assert.equal(cancel.status, 'failed');
    const kill = judgeEnd({ stop: { kind: 'kill', by: 'me' }, failed, cancelled: [] });
    assert.deepEqual([kill.status, kill.message], ['cancelled', 'killed by me']);
  });

  it('is a timeout when the workflow took too long', () => {
    const stop = { kind: 'timeout' as const, timeoutMs: 90_000 };
    const end = judgeEnd({ stop, failed: [bad('a')], cancelled: [] });
    const message = "ran longer than the workflow's timeout of 1 m 30 s";
    assert.deepEqual(end, { status: 'failed', reason: 'timeout', message });
  });

  it('is a cancel when a task was cancelled by itself', () => {
    const end = judgeEnd({ stop: null, failed: [], cancelled: [bad('use')] });
    assert.deepEqual([end.status, end.message], ['cancelled', 'task "use" was cancelled']);
  });
});
