import assert from 'node:assert/strict';
import { planTimeout } from '../../../../src/extension/diagnostics/plan-timeout.ts';

/** The text after the edit; null where there is none. */
function raise(text: string, usedMs: number | null = 60_000): string | null {
  const raised = planTimeout(text, 'build', usedMs);
  if (raised === null) return null;
  const { span, text: put } = raised.edit;
  return text.slice(0, span.start) + put + text.slice(span.end);
}

describe('planTimeout', () => {
  it('replaces the timeout of the task by the next step that is twice as long', () => {
    assert.equal(
      raise('tasks:\n  build:\n    run: make\n    timeout: 10m # enough\n'),
      'tasks:\n  build:\n    run: make\n    timeout: 20m # enough\n',
    );
    assert.equal(
      raise('tasks: { build: { run: make, timeout: 1h30m } }\n'),
      'tasks: { build: { run: make, timeout: 4h } }\n',
    );
  });

  it('adds a timeout to a task that had the one of the defaults', () => {
    assert.equal(
      raise('defaults: { timeout: 1m }\ntasks:\n  build:\n    run: make\n'),
      'defaults: { timeout: 1m }\ntasks:\n  build:\n    timeout: 2m\n    run: make\n',
    );
    assert.equal(
      raise('tasks:\n  build: { run: make }\n', 45_000),
      'tasks:\n  build: { timeout: 2m, run: make }\n',
    );
  });

  it('finds tasks under finally, and the timeout inside an approval', () => {
    assert.equal(
      raise('tasks: {}\nfinally:\n  build: { run: make, timeout: 5s }\n'),
      'tasks: {}\nfinally:\n  build: { run: make, timeout: 10s }\n',
    );
    assert.equal(
      raise('tasks:\n  build:\n    approval: { message: Go?, timeout: 1d }\n'),
      'tasks:\n  build:\n    approval: { message: Go?, timeout: 2d }\n',
    );
  });

  it('starts from what the file says now, not from what ended the task', () => {
    assert.match(raise('tasks:\n  build: { run: make, timeout: 1h }\n') ?? '', /timeout: 2h/);
  });

  it('keeps away from what belongs to other tasks too', () => {
    assert.equal(raise('x: &t { run: make, timeout: 1m }\ntasks:\n  build: *t\n'), null);
    assert.equal(raise('x: &t 1m\ntasks:\n  build: { run: make, timeout: *t }\n'), null);
  });

  it('has nothing for a task that is gone, or for the longest timeout there is', () => {
    assert.equal(raise('tasks:\n  test: { run: make }\n'), null);
    assert.equal(raise('tasks:\n  build: { run: make, timeout: 20d }\n'), null);
  });
});
