import assert from 'node:assert/strict';
import fs from 'node:fs';
import { currentOwner } from '../../../../src/engine/liveness/owner.ts';
import {
  decodeLines,
  encodeClaim,
  encodeEvents,
} from '../../../../src/engine/store/journal-line.ts';
import { claimExecution } from '../../../../src/engine/store/owned-execution.ts';
import {
  findExecutionId,
  listExecutionIds,
  readExecution,
} from '../../../../src/engine/store/read-execution.ts';
import {
  claimPath,
  executionFolder,
  journalPath,
} from '../../../../src/engine/store/state-folder.ts';
import {
  codeOf,
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  value,
} from './fixtures.ts';

describe('a journal', () => {
  let state: ReturnType<typeof temporaryState>;
  const id = idOf(0);
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());
  const file = (epoch = 1): string => journalPath(state.folder, id, epoch);

  it('cut anywhere is the state before the cut, never an error', () => {
    const owned = create(state.folder, id, 2);
    const states = [owned.state];
    const ends = [fs.statSync(file()).size];
    for (const events of [
      [started],
      [taskStarted('t0')],
      [taskFinished('t0'), taskStarted('t1')],
    ]) {
      value(owned.commit(events));
      states.push(owned.state);
      ends.push(fs.statSync(file()).size);
    }
    owned.dispose();
    const whole = fs.readFileSync(file());
    for (let size = ends[0]!; size <= whole.length; size += 1) {
      fs.writeFileSync(file(), whole.subarray(0, size));
      const index = ends.findLastIndex((end) => end <= size);
      assert.deepEqual(
        value(readExecution(state.folder, id)),
        states[index],
        `cut at ${String(size)}`,
      );
    }
  });

  it('with a changed bit is damaged, or at its end as if the line was not there', () => {
    const owned = create(state.folder, id);
    value(owned.commit([started]));
    const before = owned.state;
    const lastLine = fs.statSync(file()).size;
    value(owned.commit([taskStarted('t0')]));
    owned.dispose();
    const whole = fs.readFileSync(file());
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1 << (at % 8);
      fs.writeFileSync(file(), flipped);
      const read = readExecution(state.folder, id);
      if (at >= lastLine) assert.deepEqual(value(read), before, `bit of byte ${String(at)}`);
      else assert.equal(codeOf(read), 'damaged', `bit of byte ${String(at)}`);
    }
  });

  it('that is damaged is not claimed', () => {
    const owned = create(state.folder, id, 1, { owner: deadOwner() });
    value(owned.commit([started]));
    value(owned.commit([taskStarted('t0')]));
    owned.dispose();
    const bytes = fs.readFileSync(file());
    bytes[bytes.indexOf('execution-started')]! ^= 1;
    fs.writeFileSync(file(), bytes);
    const claimed = claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' });
    assert.equal(codeOf(claimed), 'damaged');
    assert.equal(fs.existsSync(claimPath(state.folder, id, 2)), false);
  });

  it('does not count what its owner wrote after it was claimed', () => {
    const first = create(state.folder, id, 2, { owner: deadOwner() });
    value(first.commit([started]));
    const second = value(
      claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' }),
    );
    // Late bytes of the first owner, whole and valid.
    fs.appendFileSync(file(1), encodeEvents(1, 3, [taskStarted('t1')]));
    value(second.commit([taskStarted('t0')]));
    const read = value(readExecution(state.folder, id));
    assert.deepEqual(
      read.tasks.map((task) => task.status),
      ['running', 'pending'],
    );
    first.dispose();
    second.dispose();
  });

  it('counts what its owner wrote before the claimant read it', () => {
    const first = create(state.folder, id, 1, { owner: deadOwner() });
    value(first.commit([started, taskStarted('t0')]));
    first.dispose();
    const second = value(
      claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' }),
    );
    assert.equal(second.state.tasks[0]?.status, 'running');
    second.dispose();
  });

  it('of a claimant that died before it wrote is passed over', () => {
    const first = create(state.folder, id, 1, { owner: deadOwner() });
    value(first.commit([started]));
    first.dispose();
    const claim = JSON.stringify({ owner: deadOwner(), why: 'recovery', nonce: 'x' });
    fs.writeFileSync(claimPath(state.folder, id, 2), claim);
    assert.equal(value(readExecution(state.folder, id)).epoch, 1);
    fs.writeFileSync(file(2), '{"e":2,"s":');
    assert.equal(value(readExecution(state.folder, id)).epoch, 1);
    const third = value(
      claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' }),
    );
    assert.equal(third.epoch, 3);
    value(third.commit([taskStarted('t0')]));
    assert.deepEqual(value(readExecution(state.folder, id)), third.state);
    third.dispose();
  });

  it('that misses its predecessor is damaged', () => {
    const first = create(state.folder, id, 1, { owner: deadOwner() });
    first.dispose();
    value(claimExecution(state.folder, id, { owner: currentOwner(), why: 'recovery' })).dispose();
    fs.rmSync(file(1));
    assert.equal(codeOf(readExecution(state.folder, id)), 'damaged');
  });

  it('keeps any text byte for byte', () => {
    const texts = ['\u0000', '\ud800', '😀', '"\\\n\r\t', '\u2028', 'a'.repeat(100_000)];
    const owned = create(state.folder, id);
    value(owned.commit([started, taskStarted('t0')]));
    const outputs = Object.fromEntries(texts.map((text, index) => [`o${String(index)}`, text]));
    value(owned.commit([{ ...taskFinished('t0'), type: 'task-finished', outputs } as never]));
    owned.dispose();
    assert.deepEqual(value(readExecution(state.folder, id)).tasks[0]?.outputs, outputs);
  });

  it('with a good line of another epoch is damaged', () => {
    const bytes = Buffer.concat([
      encodeClaim(2, 0, { prev: 0, prevBytes: 0 }),
      encodeEvents(1, 1, [started]),
    ]);
    const decoded = decodeLines(bytes, 2);
    assert.equal(decoded.lines.length, 1);
    assert.equal(decoded.isDamaged, true);
  });

  it('of a creation that was cut short is no execution', () => {
    fs.mkdirSync(executionFolder(state.folder, id), { recursive: true });
    assert.equal(codeOf(readExecution(state.folder, id)), 'unknown-execution');
    assert.equal(codeOf(findExecutionId(state.folder, 'latest')), 'unknown-execution');
  });
});

describe('execution ids', () => {
  it('are listed newest first by pages, and found by a unique start or as the latest', () => {
    const { folder, remove } = temporaryState();
    try {
      for (const index of [1, 0, 2]) {
        const owned = create(folder, idOf(index));
        value(owned.commit([started, finished]));
        owned.dispose();
      }
      assert.deepEqual(listExecutionIds(folder), [idOf(2), idOf(1), idOf(0)]);
      assert.deepEqual(listExecutionIds(folder, { before: idOf(2), limit: 1 }), [idOf(1)]);
      assert.deepEqual(listExecutionIds(folder, { after: idOf(0), limit: 1 }), [idOf(2)]);
      assert.equal(value(findExecutionId(folder, 'latest')), idOf(2));
      assert.equal(value(findExecutionId(folder, '20261122-000001')), idOf(1));
      assert.equal(codeOf(findExecutionId(folder, '2026')), 'ambiguous-execution');
      assert.equal(codeOf(findExecutionId(folder, 'x')), 'unknown-execution');
      assert.equal(codeOf(findExecutionId(folder, '')), 'unknown-execution');
    } finally {
      remove();
    }
  });

  it('that are whole are found without a look at all the others', () => {
    const { folder, remove } = temporaryState();
    try {
      create(folder, idOf(1)).dispose();
      const readdir = (): never => assert.fail('all executions were looked at');
      const found = findExecutionId({ ...folder, disk: { ...folder.disk, readdir } }, idOf(1));
      assert.equal(value(found), idOf(1));
    } finally {
      remove();
    }
  });
});
