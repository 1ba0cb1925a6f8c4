import assert from 'node:assert/strict';
import { DurableSteps } from '../../../../src/engine/run/durable-steps.ts';
import type { ExecutionEvent } from '../../../../src/model/events.ts';
import { fail, ok, type Failure, type Result } from '../../../../src/model/result.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { FakeClock } from './fake-clock.ts';

const started: ExecutionEvent = { type: 'execution-started', at: '2026-11-22T14:15:03.123Z' };

function rig(answers: readonly (string | null)[]) {
  const clock = new FakeClock();
  const did: string[] = [];
  const left = [...answers];
  const steps = new DurableSteps({
    owned: {
      id: 'x',
      commit(events, follow): Result<Execution> {
        const code = left.shift() ?? null;
        did.push(`commit ${String(events.length)} ${code ?? 'ok'}`);
        if (code !== null) return fail(code, 'no space');
        follow?.();
        did.push('tells');
        return ok({} as Execution);
      },
    },
    clock,
    log: {
      debug: () => undefined,
      warn: () => undefined,
      info: () => did.push('says it goes on'),
      error: () => did.push('complains'),
    },
    onLost: (failure: Failure) => did.push(`lost: ${failure.code}`),
    onResumed: () => did.push('resumed'),
  });
  return { clock, did, steps };
}

describe('durable steps', () => {
  it('commits all records at once and runs the effects after that', () => {
    const { steps, did } = rig([]);
    steps.record(started);
    steps.then(() => did.push('effect'));
    steps.record(started);
    assert.deepEqual(did, []);
    steps.commit();
    steps.commit();
    assert.deepEqual(did, ['commit 2 ok', 'tells', 'effect']);
  });

  it('lets nothing take effect while the disk refuses, and goes on by itself when it works again', () => {
    const { steps, did, clock } = rig(['storage', 'storage', null]);
    steps.record(started);
    steps.then(() => did.push('effect'));
    steps.commit();
    steps.commit();
    assert.deepEqual(did, ['commit 1 storage', 'complains']);
    assert.equal(steps.isSuspended, true);
    clock.advance(5000);
    assert.equal(steps.isSuspended, true);
    clock.advance(5000);
    assert.equal(steps.isSuspended, false);
    assert.deepEqual(did.slice(2), [
      'commit 1 storage',
      'commit 1 ok',
      'tells',
      'effect',
      'says it goes on',
      'resumed',
    ]);
    assert.equal(clock.pending, 0);
  });

  const urgent = (steps: DurableSteps, did: string[]): void => {
    steps.record(started);
    steps.atOnce(
      () => did.push('at once'),
      () => {
        did.push('retreat');
        steps.then(() => did.push('effect instead'));
      },
    );
  };

  it('does what is urgent before anybody is told', () => {
    const { steps, did } = rig([]);
    steps.then(() => did.push('effect'));
    urgent(steps, did);
    steps.commit();
    steps.commit();
    assert.deepEqual(did, ['commit 1 ok', 'at once', 'tells', 'effect']);
  });

  it('takes back what is urgent when the disk refuses, and does what stands for it later', () => {
    const { steps, did, clock } = rig(['storage', null]);
    urgent(steps, did);
    steps.commit();
    assert.deepEqual(did, ['commit 1 storage', 'retreat', 'complains']);
    clock.advance(5000);
    assert.deepEqual(did.slice(3, 6), ['commit 1 ok', 'tells', 'effect instead']);
  });

  it('takes back what is urgent when the execution is not ours any more', () => {
    const { steps, did } = rig(['fenced']);
    urgent(steps, did);
    steps.commit();
    steps.commit();
    assert.deepEqual(did, ['commit 1 fenced', 'retreat', 'lost: fenced']);
  });

  it('drops everything when the execution is not ours any more', () => {
    const { steps, did } = rig(['fenced']);
    steps.record(started);
    steps.then(() => did.push('effect'));
    steps.commit();
    steps.commit();
    assert.deepEqual(did, ['commit 1 fenced', 'lost: fenced']);
  });
});
