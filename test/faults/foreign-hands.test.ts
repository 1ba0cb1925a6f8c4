/** What git, people and other programs do to the folder. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { currentOwner } from '../../src/engine/liveness/owner.ts';
import { recoverInterrupted } from '../../src/engine/liveness/recover.ts';
import { silentLog, systemClock } from '../../src/engine/ports.ts';
import { readChain } from '../../src/engine/store/journal-chain.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { readSnapshot } from '../../src/engine/store/state-follower.ts';
import {
  journalPath,
  quarantineFolder,
  stateFolderOf,
  viewPath,
} from '../../src/engine/store/state-folder.ts';
import { StateReader } from '../../src/engine/store/state-reader.ts';
import { ViewPublisher } from '../../src/engine/store/view-publisher.ts';
import {
  create,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  value,
} from '../unit/engine/store/fixtures.ts';

type State = ReturnType<typeof temporaryState>;

/** Runs an execution from its start to its end, and brings it into the view. */
async function run(state: State, index: number): Promise<void> {
  const publisher = new ViewPublisher({ folder: state.folder });
  const owned = create(state.folder, idOf(index));
  value(owned.commit([started, taskStarted('t0')]));
  value(owned.commit([taskFinished('t0'), finished]));
  publisher.publish(owned.state);
  value(await publisher.flush());
  publisher.dispose();
  owned.dispose();
}

async function shown(state: State): Promise<readonly string[]> {
  const { executions } = await readSnapshot(state.folder);
  return executions.map(({ id, status }) => `${id} ${status}`);
}

const succeeded = (...indexes: number[]): readonly string[] =>
  indexes.map((index) => `${idOf(index)} succeeded`);

describe('a state folder in the hands of git', function () {
  this.timeout(60_000);
  let state: State;
  let workspace: string;

  function git(...args: readonly string[]): {
    readonly status: number | null;
    readonly text: string;
  } {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
    const done = spawnSync('git', [...identity, '-c', 'commit.gpgsign=false', ...args], {
      cwd: workspace,
      encoding: 'utf8',
    });
    return { status: done.status, text: `${done.stdout}${done.stderr}` };
  }
  function mustGit(...args: readonly string[]): void {
    const { status, text } = git(...args);
    assert.equal(status, 0, `git ${args.join(' ')}: ${text}`);
  }

  beforeEach(async function () {
    if (spawnSync('git', ['--version']).status !== 0) this.skip();
    state = temporaryState();
    workspace = path.dirname(state.folder.root);
    mustGit('init', '-q', '-b', 'main');
    await run(state, 0);
    // Somebody committed the view although it is ignored.
    mustGit('add', '-f', viewPath(state.folder));
    mustGit('commit', '-qm', 'one');
  });
  afterEach(() => state.remove());

  it('is ignored by it', () => {
    assert.equal(git('status', '--porcelain').text, '');
  });

  it('forgets nothing when an older view is checked out', async () => {
    await run(state, 1);
    mustGit('checkout', '-q', '--', viewPath(state.folder));
    assert.deepEqual(await shown(state), succeeded(1, 0));
    assert.match(fs.readFileSync(viewPath(state.folder), 'utf8'), new RegExp(idOf(1)));
  });

  it('forgets nothing when changes are stashed and taken back', async () => {
    await run(state, 1);
    mustGit('stash', '-q');
    assert.deepEqual(await shown(state), succeeded(1, 0));
    mustGit('checkout', '-q', '--', '.');
    mustGit('stash', 'pop', '-q');
    assert.deepEqual(await shown(state), succeeded(1, 0));
  });

  it('survives a merge conflict in the view', async () => {
    mustGit('checkout', '-qb', 'other');
    await run(state, 1);
    mustGit('commit', '-qam', 'two');
    mustGit('checkout', '-q', 'main');
    await run(state, 2);
    mustGit('commit', '-qam', 'three');
    assert.notEqual(git('merge', 'other').status, 0);
    assert.match(fs.readFileSync(viewPath(state.folder), 'utf8'), /^<{7} /m);
    assert.deepEqual(await shown(state), succeeded(2, 1, 0));
    assert.doesNotThrow(() => JSON.parse(fs.readFileSync(viewPath(state.folder), 'utf8')));
  });
});

describe('a file that is cut at any byte', function () {
  this.timeout(60_000);
  let state: State;
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  it('hides nothing, when it is the view', async () => {
    await run(state, 0);
    await run(state, 1);
    const bytes = fs.readFileSync(viewPath(state.folder));
    for (let size = 0; size < bytes.length; size += 1) {
      fs.writeFileSync(viewPath(state.folder), bytes.subarray(0, size));
      const { folder } = state;
      const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
      const statuses = reader.read().executions.map(({ id, status }) => `${id} ${status}`);
      assert.deepEqual(statuses, succeeded(1, 0), `cut to ${String(size)} bytes`);
    }
  });

  it('shows an earlier state or says that it is damaged, when it is a journal', async () => {
    await run(state, 0);
    const file = journalPath(state.folder, idOf(0), 1);
    const bytes = fs.readFileSync(file);
    const states = new Set<string>();
    for (let size = 0; size <= bytes.length; size += 1) {
      fs.writeFileSync(file, bytes.subarray(0, size));
      const read = readChain(state.folder, idOf(0));
      states.add(read.ok ? read.value.execution.status : read.error.code);
    }
    assert.deepEqual([...states], ['unknown-execution', 'pending', 'running', 'succeeded']);
  });
});

describe('a view that is replaced by one of the same size with an older time', () => {
  it('is noticed, and what it lacks comes back', async () => {
    const state = temporaryState();
    await run(state, 0);
    await run(state, 1);
    const { folder } = state;
    const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
    assert.equal(reader.read().executions.length, 2);
    const view = viewPath(folder);
    const theirs = fs.readFileSync(view, 'utf8').replaceAll('"succeeded"', '"cancelled"');
    const { atime, mtime, size } = fs.statSync(view);
    fs.writeFileSync(`${view}.theirs`, theirs);
    fs.utimesSync(`${view}.theirs`, atime, new Date(mtime.getTime() - 60_000));
    fs.renameSync(`${view}.theirs`, view);
    assert.equal(fs.statSync(view).size, size);
    const reading = reader.read();
    assert.deepEqual(
      reading.executions.map(({ status }) => status),
      ['succeeded', 'succeeded'],
    );
    assert.notEqual(reading.repair, null);
    state.remove();
  });
});

describe('a view that an editor empties and writes slowly', () => {
  it('is waited for, and nothing is put aside', async () => {
    const state = temporaryState();
    const { folder } = state;
    await run(state, 0);
    const bytes = fs.readFileSync(viewPath(folder));
    const fd = fs.openSync(viewPath(folder), 'w');
    const publisher = new ViewPublisher({ folder });
    const owned = create(folder, idOf(1));
    publisher.publish(owned.state);
    const written = publisher.flush();
    const piece = Math.ceil(bytes.length / 10);
    for (let from = 0; from < bytes.length; from += piece) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      fs.writeSync(fd, bytes, from, Math.min(piece, bytes.length - from));
    }
    fs.closeSync(fd);
    value(await written);
    assert.equal(fs.existsSync(quarantineFolder(folder)), false);
    assert.deepEqual(await shown(state), [`${idOf(1)} pending`, ...succeeded(0)]);
    publisher.dispose();
    owned.dispose();
    state.remove();
  });
});

describe('an owner whose pid another process has now', () => {
  it('is gone, and its execution is interrupted', () => {
    const state = temporaryState();
    const owner = { ...currentOwner(), startTime: '1' };
    const owned = create(state.folder, idOf(0), 1, { owner });
    value(owned.commit([started, taskStarted('t0')]));
    const [recovered] = recoverInterrupted(state.folder, [owned.state]);
    assert.equal(recovered?.status, 'interrupted');
    owned.dispose();
    state.remove();
  });
});

describe('a workspace that is moved', () => {
  it('shows the same from its new place, and the owner that goes on in the old one is told', async () => {
    const state = temporaryState();
    await run(state, 0);
    const owned = create(state.folder, idOf(1));
    value(owned.commit([started]));
    const workspace = path.dirname(state.folder.root);
    const moved = `${workspace}-moved`;
    fs.renameSync(workspace, moved);
    try {
      const there = stateFolderOf(moved);
      const { executions } = await readSnapshot(there);
      assert.deepEqual(
        executions.map(({ id, status }) => `${id} ${status}`),
        [`${idOf(1)} running`, ...succeeded(0)],
      );
      const late = owned.commit([taskStarted('t0')]);
      // On most systems its journal is still open, and has moved along.
      if (late.ok) assert.equal(value(readExecution(there, idOf(1))).tasks[0]?.status, 'running');
      else assert.match(late.error.message, /progress|execution/);
    } finally {
      owned.dispose();
      fs.rmSync(moved, { recursive: true, force: true });
    }
  });
});
