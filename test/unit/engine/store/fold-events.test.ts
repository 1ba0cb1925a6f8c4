import assert from 'node:assert/strict';
import { applyEvent } from '../../../../src/model/apply-event.ts';
import type { ExecutionEvent } from '../../../../src/model/events.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { foldEvents, indexTasks } from '../../../../src/engine/store/fold-events.ts';
import {
  codeOf,
  finished,
  idOf,
  plan,
  started,
  taskFinished,
  taskSpawned,
  taskStarted,
  value,
} from './fixtures.ts';

const place = { epoch: 1, seq: 1 };

/** One event after the other, each on a state of its own. */
function applyEach(from: Execution, events: readonly ExecutionEvent[]): Execution {
  return events.reduce((state, event) => value(applyEvent(state, event)), from);
}

describe('foldEvents', () => {
  const before = plan(idOf(0), 3);
  const events = [
    started,
    taskStarted('t0'),
    taskSpawned('t0'),
    taskStarted('t2'),
    taskFinished('t0'),
    finished,
  ];

  it('comes to the state that the events come to one by one, from any of them on', () => {
    for (let from = 0; from < events.length; from += 1) {
      for (let to = from + 1; to <= events.length; to += 1) {
        const state = applyEach(before, events.slice(0, from));
        const some = events.slice(from, to);
        const expected = { ...applyEach(state, some), epoch: 1, seq: some.length };
        assert.deepEqual(value(foldEvents(state, some, place, indexTasks())), expected);
      }
    }
  });

  it('changes neither the state before nor tasks without an event', () => {
    const copy = structuredClone(before);
    const after = value(foldEvents(before, events.slice(0, 3), place, indexTasks()));
    assert.deepEqual(before, copy);
    assert.notEqual(after.tasks[0], before.tasks[0]);
    assert.equal(after.tasks[1], before.tasks[1]);
  });

  it('refuses all when one of them is impossible', () => {
    const wrong = [started, taskStarted('t0'), taskStarted('t9')];
    assert.equal(codeOf(foldEvents(before, wrong, place, indexTasks())), 'unknown-task');
    const early = [started, taskStarted('t0'), taskSpawned('t0', 1, 7)];
    assert.ok(!foldEvents(before, early, place, indexTasks()).ok);
  });
});
