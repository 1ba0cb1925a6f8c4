import assert from 'node:assert/strict';
import { executionStatuses, taskStatuses } from '../../../../src/model/status.ts';
import { overallStatus, statusIcon } from '../../../../src/extension/tree/status-icon.ts';

describe('statusIcon', () => {
  it('spins for what runs and for nothing else', () => {
    const all = [...new Set([...executionStatuses, ...taskStatuses])];
    const spinning = all.filter((status) => statusIcon(status).id.endsWith('~spin'));
    assert.deepEqual(spinning, ['running']);
  });

  it('tells all states apart by shape, not only by colour', () => {
    const all = [...new Set([...executionStatuses, ...taskStatuses])];
    assert.equal(new Set(all.map((status) => statusIcon(status).id)).size, all.length);
  });

  it('has the colours of the Testing view', () => {
    assert.deepEqual(statusIcon('succeeded'), { id: 'pass', color: 'testing.iconPassed' });
    assert.deepEqual(statusIcon('failed'), { id: 'error', color: 'testing.iconFailed' });
    assert.equal(statusIcon('skipped').color, 'testing.iconSkipped');
    assert.equal(statusIcon('interrupted').color, 'testing.iconErrored');
  });
});

describe('overallStatus', () => {
  it('shows what needs a person before what runs', () => {
    assert.equal(overallStatus(['running', 'waiting', 'failed']), 'waiting');
  });

  it('shows what runs before how the others ended', () => {
    assert.equal(overallStatus(['succeeded', 'running', 'failed']), 'running');
  });

  it('is failed when one failed and nothing runs', () => {
    assert.equal(overallStatus(['succeeded', 'failed', 'cancelled']), 'failed');
  });

  it('is succeeded when some succeeded and the rest was skipped', () => {
    assert.equal(overallStatus(['skipped', 'succeeded']), 'succeeded');
    assert.equal(overallStatus(['skipped', 'skipped']), 'skipped');
  });
});
