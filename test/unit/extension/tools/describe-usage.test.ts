import assert from 'node:assert/strict';
import type { FolderUsage } from '../../../../src/engine/diagnosing/folder-usage.ts';
import { describePlan, describeUsage } from '../../../../src/extension/tools/describe-usage.ts';

const none = { count: 0, bytes: 0 };
const empty: FolderUsage = {
  folder: '/project/.agent-executor',
  bytes: 0,
  finished: none,
  unfinished: none,
  unreadable: none,
  agents: [],
  oldest: null,
  newest: null,
  history: none,
  quarantine: none,
  leftovers: none,
  other: none,
};
const now = new Date('2026-11-22T12:00:00Z');
const rows = (usage: Partial<FolderUsage>) => {
  const { holds, actions } = describeUsage({ ...empty, ...usage }, now);
  return {
    holds: holds.map(({ label, description }) => `${label}: ${description}`),
    actions: actions.map(({ action }) => action),
  };
};

describe('describeUsage', () => {
  it('says what is there, and offers only what makes sense', () => {
    const usage = {
      finished: { count: 1203, bytes: 35_000_000 },
      unfinished: { count: 1, bytes: 900 },
      quarantine: { count: 2, bytes: 5000 },
      oldest: '2026-10-01T00:00:00.000Z',
    };
    assert.deepEqual(rows(usage), {
      holds: [
        '$(archive) 1,203 finished executions: 35 MB, the oldest 52 days old',
        '$(sync) 1 unfinished execution: 900 bytes, never removed',
        '$(beaker-stop) 2 files in quarantine: 5 KB',
      ],
      actions: ['limits', 'quarantine', 'doctor', 'open'],
    });
  });

  it('has nothing to clean in an empty folder', () => {
    assert.deepEqual(rows({}), { holds: [], actions: ['doctor', 'open'] });
  });
});

describe('describePlan', () => {
  it('says what would go', () => {
    assert.equal(describePlan({ ids: ['a', 'b'], bytes: 2100 }), 'removes 2, 2.1 KB');
  });
});
