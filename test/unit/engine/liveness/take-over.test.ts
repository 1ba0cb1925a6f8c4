import assert from 'node:assert/strict';
import { currentOwner } from '../../../../src/engine/liveness/owner.ts';
import { startBeat } from '../../../../src/engine/liveness/beat.ts';
import { recoverInterrupted } from '../../../../src/engine/liveness/recover.ts';
import { mayBeForced, takeOver } from '../../../../src/engine/liveness/take-over.ts';
import { systemClock, type Clock } from '../../../../src/engine/ports.ts';
import { readExecution } from '../../../../src/engine/store/read-execution.ts';
import {
  codeOf,
  create,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  value,
} from '../store/fixtures.ts';

const elsewhere = { ...currentOwner(), host: 'elsewhere', boot: 'another', pid: 4711 };

describe('an execution of an owner on another machine', () => {
  let state: ReturnType<typeof temporaryState>;
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  /** The seconds of watching are over at once, after `meanwhile`. */
  const hurried = (meanwhile: () => void = () => undefined): Clock => ({
    ...systemClock,
    after: (_delayMs, run) => {
      meanwhile();
      return systemClock.after(0, run);
    },
  });
  const running = (owner = elsewhere) => {
    const owned = create(state.folder, idOf(0), 2, { owner });
    value(owned.commit([started, taskStarted('t0')]));
    return owned;
  };

  it('is never taken by itself', () => {
    const owned = running();
    assert.deepEqual(recoverInterrupted(state.folder, [owned.state]), []);
    assert.equal(mayBeForced(owned.state), true);
    owned.dispose();
  });

  it('is interrupted in the name of who took it, and the owner that comes back is told', async () => {
    const owned = running();
    const taken = value(await takeOver(state.folder, idOf(0), 'ada', hurried()));
    assert.equal(taken.status, 'interrupted');
    const message =
      'ada took it from its runner (process 4711 on elsewhere), which could not be asked';
    assert.equal(taken.message, message);
    assert.equal(taken.tasks[0]?.status, 'interrupted');
    assert.equal(codeOf(owned.commit([taskFinished('t0')])), 'fenced');
    assert.deepEqual(value(readExecution(state.folder, idOf(0))), taken);
    owned.dispose();
  });

  it('stays with an owner that beats', async () => {
    const owned = running();
    startBeat(state.folder, idOf(0), { clock: hurriedBeat }).dispose();
    const clock = hurried(() => startBeatTwice(state.folder));
    const refused = await takeOver(state.folder, idOf(0), 'ada', clock);
    assert.equal(codeOf(refused), 'owned');
    assert.match(refused.ok ? '' : refused.error.message, /gave a sign of life just now/);
    owned.dispose();
  });

  it('stays with an owner that records something', async () => {
    const owned = running();
    const clock = hurried(() => value(owned.commit([taskFinished('t0'), taskStarted('t1')])));
    assert.equal(codeOf(await takeOver(state.folder, idOf(0), 'ada', clock)), 'owned');
    value(owned.commit([taskFinished('t1')]));
    owned.dispose();
  });

  it('that is over is left as it is', async () => {
    const owned = running();
    value(owned.commit([taskFinished('t0')]));
    value(owned.commit([finished]));
    assert.equal(codeOf(await takeOver(state.folder, idOf(0), 'ada', hurried())), 'over');
    assert.equal(mayBeForced(owned.state), false);
    owned.dispose();
  });

  it('is not meant where the owner is a process of this machine', async () => {
    const owned = running(currentOwner() as typeof elsewhere);
    const refused = await takeOver(state.folder, idOf(0), 'ada', hurried());
    assert.equal(codeOf(refused), 'owned');
    assert.match(refused.ok ? '' : refused.error.message, /is alive/);
    assert.equal(mayBeForced(owned.state), false);
    owned.dispose();
  });
});

/** Beats once and no more. */
const hurriedBeat: Clock = { ...systemClock, after: () => ({ dispose: () => undefined }) };

/** A second beat: the next number. */
function startBeatTwice(folder: ReturnType<typeof temporaryState>['folder']): void {
  let isSecond = false;
  const clock: Clock = {
    ...systemClock,
    after: (_delayMs, run) => {
      if (!isSecond) {
        isSecond = true;
        run();
      }
      return { dispose: () => undefined };
    },
  };
  startBeat(folder, idOf(0), { clock }).dispose();
}
