import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { Emitter } from '../../../../src/model/disposable.ts';
import type { Execution, StuckVerdict } from '../../../../src/model/execution.ts';
import { startBeat } from '../../../../src/engine/liveness/beat.ts';
import { parsePs, treesOf } from '../../../../src/engine/liveness/cpu-time.ts';
import {
  judgeStuck,
  StuckWatch,
  type StuckFacts,
  type TaskFacts,
} from '../../../../src/engine/liveness/stuck.ts';
import { judgeStuckNow } from '../../../../src/engine/liveness/stuck-now.ts';
import { beatPath, logPath } from '../../../../src/engine/store/state-folder.ts';
import type { StoreChange } from '../../../../src/engine/store/state-follower.ts';
import {
  create,
  idOf,
  plan,
  started,
  taskSpawned,
  taskStarted,
  temporaryState,
  value,
} from '../store/fixtures.ts';
import { ManualClock } from './manual-clock.ts';

const quiet: TaskFacts = {
  silentMs: 130_000,
  idleMs: 130_000,
  pid: 4711,
  isProcessAlive: true,
  cancellingMs: null,
};
const none: StuckFacts = {
  wallMs: Date.UTC(2026, 10, 22, 12),
  stuckAfterMs: 120_000,
  tasks: new Map(),
  ownerSilentMs: null,
  cancellingMs: null,
};

function running(change: Partial<Execution['tasks'][number]> = {}): Execution {
  const base = plan(idOf(0), 1, { status: 'running' });
  return { ...base, tasks: base.tasks.map((task) => ({ ...task, status: 'running', ...change })) };
}

function judge(
  execution: Execution,
  task: Partial<TaskFacts>,
  more: Partial<StuckFacts> = {},
): readonly StuckVerdict[] {
  return judgeStuck(execution, {
    ...none,
    tasks: new Map([['t0', { ...quiet, ...task }]]),
    ...more,
  });
}

describe('the judge of what is stuck', () => {
  it('says so, with evidence, of a task without output and CPU use', () => {
    assert.deepEqual(judge(running(), {}), [
      {
        kind: 'silent-task',
        execution: idOf(0),
        task: 't0',
        since: '2026-11-22T11:57:50.000Z',
        evidence: 'no output for 2 m 10 s; process 4711 alive, idle',
      },
    ]);
  });

  it('says nothing of a task that is silent and busy, or idle and wrote just now', () => {
    assert.deepEqual(judge(running(), { idleMs: 0 }), []);
    assert.deepEqual(judge(running(), { silentMs: 1000 }), []);
  });

  it('goes by output alone where CPU use cannot be read, and says that', () => {
    assert.equal(
      judge(running(), { idleMs: null, isProcessAlive: null })[0]?.evidence,
      'no output for 2 m 10 s; process 4711, whose CPU use is not known here',
    );
  });

  it("goes by the task's own limit, and by what the task usually takes", () => {
    assert.deepEqual(judge(running({ stuckAfterMs: 200_000 }), {}), []);
    assert.equal(
      judge(running({ stuckAfterMs: 1000 }), { silentMs: 2000, idleMs: 2000 }).length,
      1,
    );
    const history = (runs: number, p95Ms: number) => ({
      history: new Map([['t0', { runs, p95Ms }]]),
    });
    assert.deepEqual(judge(running(), {}, history(20, 60_000)), []);
    assert.equal(judge(running(), {}, history(4, 60_000)).length, 1);
    assert.match(judge(running(), {}, history(20, 14_000))[0]!.evidence, /; p95 of 20 runs: 14 s$/);
  });

  it('does not judge a task by the silence of its child execution', () => {
    assert.deepEqual(judge(running({ kind: 'uses' }), {}), []);
  });

  it('tells of a slow cancel, but not while clean-up tasks run', () => {
    const cancelling = { ...running(), status: 'cancelling' as const };
    const slow = { silentMs: 0, cancellingMs: null };
    assert.equal(
      judge(cancelling, slow, { cancellingMs: 31_000 })[0]?.evidence,
      'cancelling for 31 s',
    );
    const tidy = {
      ...cancelling,
      tasks: cancelling.tasks.map((task) => ({ ...task, isFinally: true })),
    };
    assert.deepEqual(judge(tidy, slow, { cancellingMs: 31_000 }), []);
    const verdicts = judge(cancelling, { cancellingMs: 31_000 }, { cancellingMs: 31_000 });
    assert.deepEqual(
      verdicts.map(({ kind, task }) => [kind, task]),
      [['cancel-slow', 't0']],
    );
  });

  it('tells of an owner that gives no sign of life', () => {
    const [verdict] = judge(running(), { silentMs: 0 }, { ownerSilentMs: 32_000 });
    assert.equal(verdict?.kind, 'owner-silent');
    assert.match(verdict.evidence, /^no sign of life of the runner \(process \d+\) for 32 s$/);
  });

  it('says nothing of what is over', () => {
    assert.deepEqual(judge({ ...running(), status: 'failed' }, {}, { ownerSilentMs: 99_000 }), []);
  });
});

describe('the watch for what is stuck', () => {
  let state: ReturnType<typeof temporaryState>;
  let child: ChildProcess;
  let emitter: Emitter<StoreChange>;
  let clock: ManualClock;
  let watch: StuckWatch;
  let execution: Execution;

  beforeEach(async () => {
    state = temporaryState();
    clock = new ManualClock();
    emitter = new Emitter();
    child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1 << 30)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    // Until it has started it is not idle.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const owned = create(state.folder, idOf(0));
    const log = `executions/${idOf(0)}/t0.1.log`;
    value(owned.commit([started, { ...taskStarted('t0'), log } as never]));
    value(owned.note([taskSpawned('t0', child.pid)]));
    owned.dispose();
    execution = owned.state;
    fs.writeFileSync(logPath(state.folder, log), 'hello\n');
    const follower = {
      get snapshot() {
        return { executions: [execution], revision: 1, trouble: null, lost: [], readAt: '' };
      },
      onDidChange: emitter.event,
    };
    watch = new StuckWatch({ folder: state.folder, follower, clock, stuckAfterMs: 10_000 });
  });
  afterEach(() => {
    watch.dispose();
    child.kill('SIGKILL');
    state.remove();
    assert.equal(clock.pending, 0);
  });

  it('gives a verdict on a silent, idle task, and takes it back when there is output', async () => {
    const told: number[] = [];
    watch.onDidChange((verdicts) => told.push(verdicts.length));
    await clock.advance(8000);
    assert.equal(watch.verdicts.length, 0);
    await clock.advance(8000);
    assert.equal(watch.verdicts[0]?.kind, 'silent-task');
    fs.appendFileSync(logPath(state.folder, `executions/${idOf(0)}/t0.1.log`), 'more\n');
    await clock.advance(4000);
    assert.deepEqual(watch.verdicts, []);
    assert.deepEqual([told[0], told.at(-1)], [1, 0]);
  });

  it('does not count the time that the machine slept', async () => {
    await clock.advance(4000);
    clock.sleep(3_600_000);
    await clock.advance(4000);
    assert.deepEqual(watch.verdicts, []);
  });

  it('tells of an owner whose beat stands still', async () => {
    fs.writeFileSync(beatPath(state.folder, idOf(0)), '1 1\n');
    await clock.advance(34_000);
    assert.ok(watch.verdicts.some((verdict) => verdict.kind === 'owner-silent'));
    fs.writeFileSync(beatPath(state.folder, idOf(0)), '1 22\n');
    await clock.advance(4000);
    assert.ok(!watch.verdicts.some((verdict) => verdict.kind === 'owner-silent'));
  });

  it('ends with the execution', async () => {
    await clock.advance(16_000);
    assert.equal(watch.verdicts.length, 1);
    execution = { ...execution, status: 'failed' };
    emitter.fire({} as StoreChange);
    await clock.advance(4000);
    assert.deepEqual(watch.verdicts, []);
    assert.equal(clock.pending, 0);
  });

  it('can be replaced by a single look', async () => {
    const old = new Date(Date.now() - 60_000);
    fs.utimesSync(logPath(state.folder, `executions/${idOf(0)}/t0.1.log`), old, old);
    const verdicts = await judgeStuckNow(state.folder, execution, { stuckAfterMs: 10_000 });
    assert.equal(verdicts[0]?.kind, 'silent-task');
    assert.match(verdicts[0].evidence, /^no output for 1 m/);
  });
});

describe('a beat', () => {
  it('changes its file every two seconds until its end', async () => {
    const state = temporaryState();
    create(state.folder, idOf(0)).dispose();
    const clock = new ManualClock();
    const beat = startBeat(state.folder, idOf(0), { clock });
    const first = fs.readFileSync(beatPath(state.folder, idOf(0)), 'utf8');
    await clock.advance(2000);
    assert.notEqual(fs.readFileSync(beatPath(state.folder, idOf(0)), 'utf8'), first);
    beat.dispose();
    assert.equal(clock.pending, 0);
    state.remove();
  });
});

describe('the table of ps', () => {
  it('gives the CPU time of a process with all below it', () => {
    const table =
      '    1     0   0:10.00\n  10     1   1:02.50\n 11 10 01:00:00\n 12 11 1-00:00:01\n 20 1 0:01\n';
    const cpu = treesOf(parsePs(table), [10, 99]);
    assert.deepEqual([...cpu], [[10, { seconds: 62.5 + 3600 + 86_401, pids: '10,11,12' }]]);
  });
});
