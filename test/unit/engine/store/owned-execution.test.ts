import assert from 'node:assert/strict';
import fs from 'node:fs';
import { currentOwner } from '../../../../src/engine/liveness/owner.ts';
import {
  claimExecution,
  createExecution,
  type ClaimOptions,
} from '../../../../src/engine/store/owned-execution.ts';
import { readExecution } from '../../../../src/engine/store/read-execution.ts';
import {
  activeFolder,
  inboxFolder,
  journalPath,
  workflowCopyPath,
} from '../../../../src/engine/store/state-folder.ts';
import { fail, ok } from '../../../../src/model/result.ts';
import {
  codeOf,
  create,
  deadOwner,
  finished,
  idOf,
  plan,
  started,
  taskFinished,
  taskSpawned,
  taskStarted,
  temporaryState,
  value,
} from './fixtures.ts';

describe('an owned execution', () => {
  let state: ReturnType<typeof temporaryState>;
  const id = idOf(0);
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  it('is on disk as soon as it is created', () => {
    const owned = create(state.folder, id, 2);
    assert.deepEqual(value(readExecution(state.folder, id)), owned.state);
    assert.equal(owned.state.epoch, 1);
    assert.equal(owned.state.seq, 1);
    assert.equal(fs.readFileSync(workflowCopyPath(state.folder, id), 'utf8'), 'tasks: {}\n');
    assert.deepEqual(fs.readdirSync(activeFolder(state.folder)), [`${id}.1`]);
    owned.dispose();
  });

  it('cannot be created twice', () => {
    create(state.folder, id).dispose();
    assert.equal(codeOf(createExecution(state.folder, plan(id), '')), 'exists');
  });

  it('refuses an id that leaves the folder', () => {
    assert.equal(codeOf(createExecution(state.folder, plan('../../x'), '')), 'exists');
    assert.equal(codeOf(readExecution(state.folder, '../../x')), 'unknown-execution');
  });

  it('is read back as it was committed', () => {
    const owned = create(state.folder, id, 2);
    value(owned.commit([started, taskStarted('t0')]));
    value(owned.note([taskSpawned('t0', 4711)]));
    value(owned.commit([taskFinished('t0'), taskStarted('t1')]));
    assert.equal(owned.state.seq, 6);
    assert.deepEqual(value(readExecution(state.folder, id)), owned.state);
    owned.dispose();
  });

  it('writes nothing when one of the events is illegal', () => {
    const owned = create(state.folder, id);
    const before = fs.readFileSync(journalPath(state.folder, id, 1));
    assert.equal(codeOf(owned.commit([started, taskFinished('t0')])), 'illegal-transition');
    assert.deepEqual(fs.readFileSync(journalPath(state.folder, id, 1)), before);
    assert.equal(owned.state.status, 'pending');
    owned.dispose();
  });

  it('tells its listeners what was committed, and what the state is then', () => {
    const owned = create(state.folder, id);
    const seen: string[] = [];
    owned.onDidCommit(({ events, execution }) => {
      seen.push(`${events.map((event) => event.type).join()} ${execution.status}`);
    });
    value(owned.commit([started]));
    assert.deepEqual(seen, ['execution-started running']);
    owned.dispose();
  });

  it('keeps the last output in memory only', () => {
    const owned = create(state.folder, id);
    value(owned.commit([started, taskStarted('t0')]));
    const size = fs.statSync(journalPath(state.folder, id, 1)).size;
    owned.touchOutput('t0', '2026-11-22T15:00:00.000Z');
    assert.equal(owned.state.tasks[0]?.lastOutputAt, '2026-11-22T15:00:00.000Z');
    assert.equal(fs.statSync(journalPath(state.folder, id, 1)).size, size);
    owned.dispose();
  });

  it('loses its mark when it is over', () => {
    const owned = create(state.folder, id);
    value(owned.commit([started, taskStarted('t0'), taskFinished('t0'), finished]));
    assert.deepEqual(fs.readdirSync(activeFolder(state.folder)), []);
    owned.dispose();
  });

  it('cannot be claimed while its owner lives', () => {
    const owned = create(state.folder, id);
    const claimed = claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' });
    assert.equal(codeOf(claimed), 'owned');
    owned.dispose();
  });

  it('fences its first owner once it is claimed', () => {
    const first = create(state.folder, id, 1, { owner: deadOwner() });
    value(first.commit([started]));
    const second = value(
      claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' }),
    );
    assert.equal(second.epoch, 2);
    assert.equal(codeOf(first.commit([taskStarted('t0')])), 'fenced');
    assert.equal(first.isFenced, true);
    assert.equal(codeOf(first.commit([taskStarted('t0')])), 'fenced');
    value(second.commit([taskStarted('t0')]));
    const read = value(readExecution(state.folder, id));
    assert.deepEqual(read, second.state);
    assert.equal(read.tasks[0]?.status, 'running');
    assert.equal(read.tasks[0].attempts.length, 1);
    first.dispose();
    second.dispose();
  });

  it('goes back to pending in a new epoch on a retry, and has a mark again', () => {
    const first = create(state.folder, id);
    value(first.commit([started, taskStarted('t0'), taskFinished('t0')]));
    value(
      first.commit([
        {
          ...finished,
          type: 'execution-finished',
          status: 'failed',
          reason: 'exit',
          message: null,
          outputs: {},
        },
      ]),
    );
    fs.mkdirSync(inboxFolder(state.folder, id), { recursive: true });
    fs.writeFileSync(`${inboxFolder(state.folder, id)}/1.json`, '{}');
    const again = value(claimExecution(state.folder, id, { owner: currentOwner(), why: 'retry' }));
    value(
      again.commit([
        { type: 'execution-restarted', at: finished.at, why: 'retry', by: 'me', tasks: ['t0'] },
      ]),
    );
    assert.equal(again.state.attempt, 2);
    assert.deepEqual(fs.readdirSync(activeFolder(state.folder)), [`${id}.2`]);
    assert.deepEqual(fs.readdirSync(inboxFolder(state.folder, id)), []);
    assert.deepEqual(value(readExecution(state.folder, id)), again.state);
    first.dispose();
    again.dispose();
  });

  describe('that is over and is claimed with what its new owner does first', () => {
    const restarted = {
      type: 'execution-restarted',
      at: finished.at,
      why: 'retry',
      by: 'me',
      tasks: ['t0'],
    } as const;
    const claim = (first: NonNullable<ClaimOptions['first']>) =>
      claimExecution(state.folder, id, { owner: currentOwner(), why: 'retry', first });

    beforeEach(() => {
      const first = create(state.folder, id);
      const events = [started, taskStarted('t0'), taskFinished('t0')];
      const failed = { ...finished, status: 'failed', reason: 'exit' } as const;
      value(first.commit([...events, failed]));
      first.dispose();
    });

    it('is restarted in the same line of the journal', () => {
      const again = value(claim(() => ok([restarted])));
      assert.equal(again.state.status, 'pending');
      assert.equal(fs.readFileSync(journalPath(state.folder, id, 2), 'utf8').split('\n').length, 3);
      assert.deepEqual(value(readExecution(state.folder, id)), again.state);
      again.dispose();
    });

    it('cannot be claimed by a second one that decided at the same time', () => {
      let second: ReturnType<typeof claim> | undefined;
      const again = value(
        claim(() => {
          second = claim(() => ok([restarted]));
          return ok([restarted]);
        }),
      );
      assert.equal(codeOf(second!), 'owned');
      assert.equal(codeOf(claim(() => ok([restarted]))), 'owned');
      value(again.commit([started]));
      again.dispose();
    });

    it('stays as it is, and can be claimed again, when its new owner thinks better of it', () => {
      assert.equal(codeOf(claim(() => fail('nothing-to-do', 'nothing to do'))), 'nothing-to-do');
      assert.equal(value(readExecution(state.folder, id)).status, 'failed');
      assert.deepEqual(fs.readdirSync(activeFolder(state.folder)), []);
      value(claim(() => ok([restarted]))).dispose();
    });
  });

  it('is told to be unknown when there is none', () => {
    const claimed = claimExecution(state.folder, id, { owner: currentOwner(), why: 'retry' });
    assert.equal(codeOf(claimed), 'unknown-execution');
  });
});
