import assert from 'node:assert/strict';
import {
  decideBadge,
  isWorthKeeping,
  seeAll,
} from '../../../../src/extension/executions/decide-badge.ts';
import { executionWith, newFolder, newVerdict } from '../build-folder.ts';

const seen = { until: '2026-11-22T14:00:00.000Z', verdicts: new Set<string>() };
const failed = executionWith({}, { status: 'failed', finishedAt: '2026-11-22T14:15:15.000Z' });

describe('decideBadge', () => {
  it('counts failures and stuck tasks since the view was seen', () => {
    const folder = newFolder({ executions: [failed], verdicts: [newVerdict()] });
    assert.deepEqual(decideBadge([folder], seen), {
      value: 2,
      tooltip: '1 failed, 1 stuck since you last looked',
    });
  });

  it('is gone once all was seen, and comes back with the next failure', () => {
    const folder = newFolder({ executions: [failed], verdicts: [newVerdict()] });
    const after = seeAll([folder], '2026-11-22T14:16:00.000Z');
    assert.equal(decideBadge([folder], after), null);
    const next = { ...failed, id: 'next', finishedAt: '2026-11-22T14:17:00.000Z' };
    assert.equal(decideBadge([newFolder({ executions: [next, failed] })], after)?.value, 1);
  });

  it('does not count again what another clock dated in the future', () => {
    const ahead = { ...failed, finishedAt: '2026-11-22T19:00:00.000Z' };
    const folder = newFolder({ executions: [ahead] });
    assert.equal(decideBadge([folder], seeAll([folder], '2026-11-22T14:16:00.000Z')), null);
  });

  it('leaves out successes, old failures and children', () => {
    const executions = [
      executionWith({}, { status: 'succeeded', finishedAt: '2026-11-22T14:15:15.000Z' }),
      { ...failed, finishedAt: '2026-11-22T13:00:00.000Z' },
      { ...failed, parent: { execution: 'parent', task: 'notes' } },
    ];
    assert.equal(decideBadge([newFolder({ executions })], seen), null);
  });
});

describe('isWorthKeeping', () => {
  const succeeded = executionWith(
    {},
    { status: 'succeeded', finishedAt: '2026-11-22T14:15:15.000Z' },
  );

  it('keeps the first look', () => {
    assert.equal(isWorthKeeping([newFolder({})], undefined), true);
  });

  it('keeps that a failure was seen, once', () => {
    const folder = newFolder({ executions: [failed] });
    assert.equal(isWorthKeeping([folder], seen.until), true);
    assert.equal(isWorthKeeping([folder], seeAll([folder], seen.until).until), false);
  });

  it('does not keep anew what says the same', () => {
    const running = executionWith({}, { status: 'running', finishedAt: null });
    assert.equal(
      isWorthKeeping([newFolder({ executions: [succeeded, running] })], seen.until),
      false,
    );
  });
});
