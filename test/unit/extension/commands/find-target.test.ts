import assert from 'node:assert/strict';
import { findTarget, fittingTargets } from '../../../../src/extension/commands/find-target.ts';
import { readArgument } from '../../../../src/extension/commands/read-argument.ts';
import { executionWith, newFolder } from '../build-folder.ts';

const newer = executionWith(
  { lint: {}, ask: { status: 'succeeded' } },
  { id: '20261122-150000-aaaa', createdAt: '2026-11-22T15:00:00.000Z' },
);
const older = executionWith(
  { ask: { status: 'waiting' } },
  { id: '20261122-140000-bbbb', createdAt: '2026-11-22T14:00:00.000Z' },
);
const folder = newFolder({ executions: [newer, older] });

function find(first: unknown, second?: unknown): string {
  const found = findTarget(
    [folder],
    readArgument(first, second),
    (_execution, task) => task === null || task.status === 'waiting',
  );
  if (found.kind === 'choose') return 'choose';
  if (found.kind === 'unknown') return `unknown ${found.what}`;
  const { execution, task } = found.target;
  return task === null ? execution.id : `${execution.id} ${task.id}`;
}

describe('findTarget', () => {
  it('finds an execution by its id, by a unique beginning, and the latest', () => {
    assert.equal(find(older.id), older.id);
    assert.equal(find('20261122-14'), older.id);
    assert.equal(find('latest'), newer.id);
  });

  it('finds a task by the ids of both, in two arguments or in one', () => {
    assert.equal(find(newer.id, 'lint'), `${newer.id} lint`);
    assert.equal(find(`${newer.id}/lint`), `${newer.id} lint`);
  });

  it('takes the newest execution in which a task of this id fits', () => {
    assert.equal(find('ask'), `${older.id} ask`);
  });

  it('does not take a beginning that two executions have', () => {
    assert.equal(find('20261122-1'), 'unknown 20261122-1');
  });

  it('says what it does not know', () => {
    assert.equal(find('nobody'), 'unknown nobody');
    assert.equal(find({ execution: newer.id, task: 'nope' }), `unknown ${newer.id}/nope`);
  });

  it('lets the person choose when nothing is named', () => {
    assert.equal(find(undefined), 'choose');
  });

  it('looks into the named folder only', () => {
    const other = newFolder({ key: 'file:///other', executions: [newer] });
    const wanted = readArgument({ folder: 'file:///other', execution: newer.id });
    const found = findTarget([folder, other], wanted, () => true);
    assert.equal(found.kind === 'one' && found.target.folder.key, 'file:///other');
  });
});

describe('fittingTargets', () => {
  it('is newest first over all folders', () => {
    const first = newFolder({ executions: [older] });
    const second = newFolder({ key: 'file:///other', executions: [newer] });
    assert.deepEqual(
      fittingTargets([first, second], () => true).map(({ execution }) => execution.id),
      [newer.id, older.id],
    );
  });
});
