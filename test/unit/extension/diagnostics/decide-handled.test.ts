import assert from 'node:assert/strict';
import {
  addHandled,
  isHandled,
  readHandled,
} from '../../../../src/extension/diagnostics/decide-handled.ts';
import { findRunProblems } from '../../../../src/extension/diagnostics/find-run-problems.ts';
import { executionWith, failedTask } from '../build-folder.ts';

const problemsOf = (id: string, attempt = 1) =>
  findRunProblems([executionWith({ test: { ...failedTask, attempt } }, { id })], []);
const [problem] = problemsOf('one');

describe('failures that are handled', () => {
  it('are not there until one is marked', () => {
    assert.equal(isHandled({}, problem!), false);
    assert.equal(isHandled(addHandled({}, [problem!]), problem!), true);
  });

  it('are those of one execution, not of the next one', () => {
    const handled = addHandled({}, [problem!]);
    assert.equal(isHandled(handled, problemsOf('two')[0]!), false);
  });

  it('count anew when the task fails again in another attempt', () => {
    const handled = addHandled({}, [problem!]);
    assert.equal(isHandled(handled, { ...problem!, attempt: 2 }), false);
  });

  it('are forgotten, the oldest first, when there are many', () => {
    let handled = addHandled({}, [problem!]);
    for (let at = 0; at < 200; at += 1) handled = addHandled(handled, problemsOf(`more-${at}`));
    assert.equal(Object.keys(handled).length, 200);
    assert.equal(isHandled(handled, problem!), false);
    assert.equal(isHandled(handled, problemsOf('more-199')[0]!), true);
  });

  it('survive being stored, and what is stored may be nonsense', () => {
    const stored: unknown = JSON.parse(JSON.stringify(addHandled({}, [problem!])));
    assert.equal(isHandled(readHandled(stored), problem!), true);
    assert.deepEqual(readHandled({ one: 'test#1', two: [3], three: ['a#1'] }), { three: ['a#1'] });
    assert.deepEqual(readHandled(undefined), {});
    assert.equal(isHandled({}, { ...problem!, execution: 'constructor' }), false);
  });
});
