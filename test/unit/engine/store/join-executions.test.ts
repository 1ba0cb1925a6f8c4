import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Execution } from '../../../../src/model/execution.ts';
import { compareStates, joinExecutions } from '../../../../src/engine/store/join-executions.ts';
import { idOf, plan } from './fixtures.ts';

const foreign = fc.dictionary(fc.constantFrom('note', 'labels', 'pinned'), fc.integer({ max: 3 }));
const times = ['2026-11-22T00:00:01.000Z', '2026-11-22T00:00:02.000Z', null] as const;

/** States of three executions; few values, so that equal places with other contents occur. */
const execution: fc.Arbitrary<Execution> = fc
  .record({
    index: fc.nat(2),
    epoch: fc.integer({ min: 1, max: 2 }),
    seq: fc.nat(2),
    status: fc.constantFrom('running' as const, 'succeeded' as const),
    output: fc.constantFrom(...times),
    own: foreign,
    ofTask: foreign,
  })
  .map(({ index, epoch, seq, status, output, own, ofTask }) => {
    const base = plan(idOf(index), 1, { epoch, seq, status, owner: null });
    const tasks = base.tasks.map((task) => ({ ...task, ...ofTask, lastOutputAt: output }));
    return { ...base, ...own, tasks };
  });
const side = fc.array(execution, { maxLength: 4 }).map((list) => joinExecutions(list, []));

describe('joining what two parties know', () => {
  it('is commutative', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        assert.deepEqual(joinExecutions(a, b), joinExecutions(b, a));
      }),
      { numRuns: 500 },
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(side, side, side, (a, b, c) => {
        const left = joinExecutions(joinExecutions(a, b), c);
        assert.deepEqual(left, joinExecutions(a, joinExecutions(b, c)));
      }),
      { numRuns: 500 },
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(side, (a) => {
        assert.deepEqual(joinExecutions(a, a), a);
      }),
    );
  });

  it('never goes back and never loses an execution', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const joined = new Map(joinExecutions(a, b).map((each) => [each.id, each]));
        for (const each of [...a, ...b]) {
          assert.ok(compareStates(joined.get(each.id)!, each) >= 0);
        }
      }),
    );
  });

  it('keeps the objects of what only one side has', () => {
    const one = plan(idOf(0));
    const two = plan(idOf(1));
    const joined = joinExecutions([one], [two]);
    assert.equal(joined[0], two);
    assert.equal(joined[1], one);
  });
});
