import assert from 'node:assert/strict';
import { findReferences } from '../../../../src/engine/expressions/find-references.ts';
import { parseExpression } from '../../../../src/engine/expressions/parse-expression.ts';

function find(source: string): ReturnType<typeof findReferences> {
  const parsed = parseExpression(source);
  assert.ok(parsed.ok, source);
  return findReferences(parsed.value);
}

function inWords(source: string): readonly string[] {
  return find(source).references.map(({ context, steps }) =>
    [context, ...steps.map((step) => (step.kind === 'name' ? step.name : step.kind))].join('.'),
  );
}

describe('findReferences', () => {
  it('reads paths with dots, indexes, stars and computed parts', () => {
    assert.deepEqual(inWords("tasks.a['outputs'].x"), ['tasks.a.outputs.x']);
    assert.deepEqual(inWords('tasks.*.status'), ['tasks.any.status']);
    assert.deepEqual(inWords('tasks[inputs.which].status'), [
      'tasks.computed.status',
      'inputs.which',
    ]);
    assert.deepEqual(inWords('(tasks.a).status'), ['tasks.a.status']);
  });

  it('looks into arguments, operators, groups and the results of functions', () => {
    assert.deepEqual(inWords("format('{0}', env.A) == env.B || !(env.C && env.D)"), [
      'env.A',
      'env.B',
      'env.C',
      'env.D',
    ]);
    assert.deepEqual(inWords('fromJSON(env.A).x[env.B]'), ['env.A', 'env.B']);
  });

  it('knows the places of names, also behind line breaks and texts', () => {
    const source = "contains('a\n''b', inputs.who)\n && tasks['x'].status";
    const { references } = find(source);
    const places = references.map(({ start, end, steps: [step] }) => [
      source.slice(start, end),
      step?.kind === 'name' ? source.slice(step.start, step.end) : null,
    ]);
    assert.deepEqual(places, [
      ['inputs', 'who'],
      ['tasks', 'x'],
    ]);
  });

  it('finds calls', () => {
    const calls = find("success() && startsWith('a', 'b')").calls;
    assert.deepEqual(calls, [
      { name: 'success', start: 0, end: 7 },
      { name: 'startswith', start: 13, end: 23 },
    ]);
  });
});
