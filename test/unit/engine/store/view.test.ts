import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Execution, ViewFile } from '../../../../src/model/execution.ts';
import { systemClock, type Clock } from '../../../../src/engine/ports.ts';
import {
  readSnapshot,
  removeExecutions,
  StateFollower,
} from '../../../../src/engine/store/state-follower.ts';
import {
  executionFolder,
  quarantineFolder,
  viewPath,
} from '../../../../src/engine/store/state-folder.ts';
import { claimExecution } from '../../../../src/engine/store/owned-execution.ts';
import { ViewPublisher } from '../../../../src/engine/store/view-publisher.ts';
import {
  at,
  codeOf,
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  until,
  value,
} from './fixtures.ts';

describe('the view file', () => {
  let state: ReturnType<typeof temporaryState>;
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  const view = (): ViewFile & Record<string, unknown> =>
    JSON.parse(fs.readFileSync(viewPath(state.folder), 'utf8')) as never;
  const quarantined = (): string[] =>
    fs.existsSync(quarantineFolder(state.folder))
      ? fs.readdirSync(quarantineFolder(state.folder))
      : [];

  async function publish(executions: readonly Execution[], keep = 200): Promise<void> {
    const publisher = new ViewPublisher({ folder: state.folder, keep });
    for (const execution of executions) publisher.publish(execution);
    value(await publisher.flush());
    publisher.dispose();
  }

  /** Two finished executions, published. */
  async function two(): Promise<readonly Execution[]> {
    const executions = [0, 1].map((index) => {
      const owned = create(state.folder, idOf(index));
      value(owned.commit([started, taskStarted('t0'), taskFinished('t0'), finished]));
      owned.dispose();
      return owned.state;
    });
    await publish(executions);
    return executions.reverse();
  }

  it('shows no state from before a retry when an old file is put back', async () => {
    const first = create(state.folder, idOf(0), 1, { owner: deadOwner() });
    const failed = { ...finished, status: 'failed', reason: 'exit' } as const;
    value(first.commit([started, taskStarted('t0'), taskFinished('t0'), failed]));
    first.dispose();
    await publish([first.state]);
    const old = fs.readFileSync(viewPath(state.folder));
    const second = value(
      claimExecution(state.folder, idOf(0), { owner: deadOwner(), why: 'retry' }),
    );
    const restarted = {
      type: 'execution-restarted',
      at,
      why: 'retry',
      by: 'a',
      tasks: [],
    } as const;
    value(second.commit([restarted, started, finished]));
    second.dispose();
    await publish([second.state]);
    fs.writeFileSync(viewPath(state.folder), old);
    const { executions } = await readSnapshot(state.folder);
    assert.deepEqual(
      executions.map(({ epoch, status }) => [epoch, status]),
      [[2, 'succeeded']],
    );
  });

  it('is put right by a single look when the owner was killed between its last record and the view', async () => {
    const owned = create(state.folder, idOf(0), 1, { owner: deadOwner() });
    value(owned.commit([started, taskStarted('t0')]));
    await publish([owned.state]);
    value(owned.commit([taskFinished('t0'), finished]));
    owned.dispose();
    await readSnapshot(state.folder);
    assert.deepEqual(
      view().executions.map(({ status, seq }) => [status, seq]),
      [[owned.state.status, owned.state.seq]],
    );
  });

  it('holds what was published, newest first, and a revision that grows', async () => {
    const executions = await two();
    assert.deepEqual(view().executions, executions);
    const { revision } = view();
    const third = create(state.folder, idOf(2));
    await publish([third.state]);
    third.dispose();
    assert.ok(view().revision > revision);
    assert.equal(view().executions.length, 3);
    assert.equal(view().version, 1);
  });

  it('keeps the fields of others', async () => {
    const [newest] = await two();
    const edited = {
      ...view(),
      team: 'blue',
      executions: view().executions.map((e) => ({ ...e, note: 'x' })),
    };
    fs.writeFileSync(viewPath(state.folder), JSON.stringify(edited));
    const third = create(state.folder, idOf(2));
    await publish([third.state]);
    third.dispose();
    assert.equal(view()['team'], 'blue');
    assert.deepEqual(view().executions[1], { ...newest, note: 'x' });
    assert.deepEqual(quarantined(), []);
  });

  it('keeps entries that no journal knows', async () => {
    await two();
    const foreign = { ...view().executions[0]!, id: 'made-by-hand' };
    fs.writeFileSync(
      viewPath(state.folder),
      JSON.stringify({ ...view(), executions: [foreign, ...view().executions] }),
    );
    const third = create(state.folder, idOf(2));
    await publish([third.state]);
    third.dispose();
    assert.ok(view().executions.some((execution) => execution.id === 'made-by-hand'));
  });

  it('goes back to the truth when a field of ours was edited, and keeps a copy of the edit', async () => {
    const executions = await two();
    const edited = fs
      .readFileSync(viewPath(state.folder), 'utf8')
      .replace('"succeeded"', '"failed"');
    fs.writeFileSync(viewPath(state.folder), edited);
    const snapshot = await readSnapshot(state.folder);
    assert.deepEqual(snapshot.executions, executions);
    assert.deepEqual(view().executions, executions);
    assert.equal(quarantined().length, 1);
    assert.equal(
      fs.readFileSync(path.join(quarantineFolder(state.folder), quarantined()[0]!), 'utf8'),
      edited,
    );
  });

  const conflict = '<<<<<<< HEAD\n{ "version": 1 }\n=======\n{}\n>>>>>>> other\n';
  for (const [name, damage] of Object.entries<(text: string) => string | null>({
    'is deleted': () => null,
    'is emptied': () => '',
    'is cut off': (text) => text.slice(0, 200),
    'holds garbage': () => '\u0000\u0001 garbage',
    'holds a merge conflict': (text) => conflict + text,
    'holds an array': () => '[]',
    'holds null': () => 'null',
    'has entries that are none': () =>
      '{"version":1,"revision":7,"executions":[1,null,{"id":"x"}]}',
  })) {
    it(`is rebuilt from the journals when it ${name}`, async () => {
      const executions = await two();
      const damaged = damage(fs.readFileSync(viewPath(state.folder), 'utf8'));
      if (damaged === null) fs.rmSync(viewPath(state.folder));
      else fs.writeFileSync(viewPath(state.folder), damaged);
      const follower = new StateFollower({ folder: state.folder });
      try {
        assert.deepEqual((await follower.start()).executions, executions);
        await until('the file is right again', () => {
          try {
            return isDeepStrictEqual(view().executions, executions);
          } catch {
            return false;
          }
        });
      } finally {
        follower.dispose();
      }
      const kept = quarantined().map((file) =>
        fs.readFileSync(path.join(quarantineFolder(state.folder), file), 'utf8'),
      );
      assert.deepEqual(kept, damaged === null || damaged === '' ? [] : [damaged]);
    });
  }

  it('is quarantined once for the same bytes', async () => {
    await two();
    for (let round = 0; round < 2; round += 1) {
      fs.writeFileSync(viewPath(state.folder), 'garbage');
      await readSnapshot(state.folder);
      assert.equal(view().executions.length, 2);
    }
    assert.equal(quarantined().length, 1);
  });

  it('of a newer version is shown and not touched, nor is anything else', async () => {
    const executions = await two();
    const text = JSON.stringify({ version: 2, executions, extra: true });
    fs.writeFileSync(viewPath(state.folder), text);
    const snapshot = await readSnapshot(state.folder);
    assert.deepEqual(snapshot.executions, executions);
    assert.equal(snapshot.trouble?.code, 'newer-version');
    const publisher = new ViewPublisher({ folder: state.folder });
    publisher.publish(executions[0]!);
    assert.equal(codeOf(await publisher.flush()), 'newer-version');
    publisher.dispose();
    assert.equal(codeOf(await removeExecutions(state.folder, [idOf(0)])), 'newer-version');
    assert.equal(fs.readFileSync(viewPath(state.folder), 'utf8'), text);
    assert.ok(fs.existsSync(executionFolder(state.folder, idOf(0))));
  });

  it('keeps all unfinished executions and only the newest finished ones', async () => {
    const states: Execution[] = [];
    for (let index = 0; index < 6; index += 1) {
      const owned = create(state.folder, idOf(index));
      value(owned.commit([started]));
      if (index > 0) value(owned.commit([finished]));
      owned.dispose();
      states.push(owned.state);
    }
    await publish(states, 2);
    assert.deepEqual(
      view().executions.map((execution) => execution.id),
      [idOf(5), idOf(4), idOf(0)],
    );
  });

  it('is written once when an execution is over before the first write is due', async () => {
    const delays: number[] = [];
    const clock: Clock = {
      ...systemClock,
      monotonicMs: () => 0,
      after: (delayMs) => {
        delays.push(delayMs);
        return { dispose: () => undefined };
      },
    };
    const publisher = new ViewPublisher({ folder: state.folder, clock, firstDelayMs: 20 });
    const owned = create(state.folder, idOf(0));
    publisher.publish(owned.state);
    value(owned.commit([started, taskStarted('t0'), taskFinished('t0'), finished]));
    publisher.publish(owned.state);
    assert.deepEqual([delays, fs.existsSync(viewPath(state.folder))], [[20], false]);
    value(await publisher.flush());
    assert.deepEqual(view().executions, [owned.state]);
    for (const each of [owned, publisher]) each.dispose();
  });

  it('takes the states of two publishers together', async () => {
    const owners = [0, 1].map((index) => create(state.folder, idOf(index), 30));
    const publishers = owners.map(
      () => new ViewPublisher({ folder: state.folder, minIntervalMs: 1 }),
    );
    for (const owned of owners) value(owned.commit([started]));
    for (let task = 0; task < 30; task += 1) {
      owners.forEach((owned, index) => {
        value(owned.commit([taskStarted(`t${String(task)}`)]));
        publishers[index]!.publish(owned.state);
      });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    for (const publisher of publishers) value(await publisher.flush());
    assert.deepEqual(view().executions, [owners[1]!.state, owners[0]!.state]);
    for (const each of [...owners, ...publishers]) each.dispose();
  });

  it('loses removed executions for good, and running ones never', async () => {
    await two();
    const running = create(state.folder, idOf(2));
    await publish([running.state]);
    assert.equal(value(await removeExecutions(state.folder, [idOf(0), idOf(2), '../x'])), 1);
    assert.deepEqual(
      view().executions.map((execution) => execution.id),
      [idOf(2), idOf(1)],
    );
    assert.equal(fs.existsSync(executionFolder(state.folder, idOf(0))), false);
    running.dispose();
  });
});
