import assert from 'node:assert/strict';
import {
  evaluateCondition,
  evaluateScript,
  evaluateTemplate,
  evaluateValue,
} from '../../../../src/engine/expressions/evaluate.ts';
import { exampleScope, valueGroups } from './value-table.ts';

const scope = exampleScope;

describe('expressions', () => {
  for (const { title, rows } of valueGroups) {
    describe(title, () => {
      for (const [expression, value] of rows) {
        it(`\${{ ${expression} }} is ${JSON.stringify(value)}`, () => {
          assert.deepEqual(evaluateValue(`\${{ ${expression} }}`, scope), { ok: true, value });
        });
      }
    });
  }
});

describe('evaluateTemplate', () => {
  const texts: readonly (readonly [template: string, text: string])[] = [
    ['plain', 'plain'],
    ['', ''],
    ['${{ inputs.text }}, ${{ inputs.count }}!', 'Hello, 3!'],
    ['[${{ inputs.nothing }}]', '[]'],
    ['${{ inputs.yes }}', 'true'],
    ['${{ 0.1 }} ${{ -0 }} ${{ 1e21 }}', '0.1 0 1e+21'],
    ["${{ '}}' }}", '}}'],
    ["${{ 'a''b' }}", "a'b"],
    ['$ {{ x }} $}} {{', '$ {{ x }} $}} {{'],
  ];
  for (const [template, text] of texts) {
    it(`${JSON.stringify(template)} gives ${JSON.stringify(text)}`, () => {
      assert.deepEqual(evaluateTemplate(template, scope), { ok: true, value: text });
    });
  }

  const failures: readonly (readonly [template: string, message: string])[] = [
    ['a ${{ inputs', 'the `${{` at position 3 has no closing `}}`'],
    [
      '${{ inputs.a = 1 }}',
      'the expression `inputs.a = 1` failed: unexpected `=`; equality is `==` (position 10)',
    ],
    [
      '${{ nothing.x }}',
      'the expression `nothing.x` failed: unknown context `nothing`; there are inputs, env, secrets, matrix, tasks, execution, workspace (position 1)',
    ],
    [
      '${{ matrix }}',
      'the expression `matrix` failed: it gives an object, not text; use toJSON(…) or join(…)',
    ],
    [
      '${{ tasks.*.status }}',
      'the expression `tasks.*.status` failed: it gives a list, not text; use toJSON(…) or join(…)',
    ],
    [
      "${{ fromJSON('{') }}",
      'the expression `fromJSON(\'{\')` failed: fromJSON was given "{", which is no JSON (position 1)',
    ],
    [
      '${{ fromJSON(inputs.empty) }}',
      'the expression `fromJSON(inputs.empty)` failed: fromJSON was given an empty text (position 1)',
    ],
  ];
  it('says where the call that failed stands', () => {
    const result = evaluateTemplate("${{ inputs.yes && join(fromJSON('[1')) }}", scope);
    assert.match(result.ok ? '' : result.error.message, /no JSON \(position 20\)$/);
  });
  for (const [template, message] of failures) {
    it(`${JSON.stringify(template)} fails and says why`, () => {
      assert.deepEqual(evaluateTemplate(template, scope), {
        ok: false,
        error: { code: 'expression', message },
      });
    });
  }

  it('an expression of thousands of operators is a failure or a value, never a throw', () => {
    const result = evaluateTemplate(`\${{ ${'1 == '.repeat(4000)}1 }}`, scope);
    assert.equal(typeof result.ok, 'boolean');
  });

  it('thousands of tasks cost nothing where one is asked for', () => {
    const tasks = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`t${index}`, scope.tasks['build']!]),
    );
    const result = evaluateTemplate('${{ tasks.t4999.status }}', { ...scope, tasks });
    assert.deepEqual(result, { ok: true, value: 'succeeded' });
  });
});

describe('evaluateCondition', () => {
  const rows: readonly (readonly [
    condition: string | null,
    success: boolean,
    failure: boolean,
    cancelled: boolean,
  ])[] = [
    [null, true, false, false],
    ['true', true, false, false],
    ['${{ true }}', true, false, false],
    ['success()', true, false, false],
    ['failure()', false, true, false],
    ['cancelled()', false, false, true],
    ['always()', true, true, true],
    ['!cancelled()', true, true, false],
    ['failure() || cancelled()', false, true, true],
    ["inputs.text == 'hello'", true, false, false],
    ["always() && inputs.text == 'x'", false, false, false],
    ['Always()', true, true, true],
    ["contains('success()', 'x')", false, false, false],
    ["'success()'", true, false, false],
    ['inputs.empty', false, false, false],
    ['inputs.count', true, false, false],
    ['matrix', true, false, false],
    ['0', false, false, false],
    ['NaN', false, false, false],
  ];
  for (const [condition, success, failure, cancelled] of rows) {
    it(`${condition ?? 'no condition'} after success, failure, cancel`, () => {
      const answers = (['success', 'failure', 'cancelled'] as const).map((status) => {
        const result = evaluateCondition(condition, { ...scope, status });
        return result.ok ? result.value : result.error.message;
      });
      assert.deepEqual(answers, [success, failure, cancelled]);
    });
  }

  it('text around the brackets is refused', () => {
    const result = evaluateCondition('${{ true }} x', scope);
    assert.equal(result.ok ? null : result.error.code, 'expression');
  });

  it('a broken condition is a failure also when the status alone would decide', () => {
    const result = evaluateCondition('inputs.', { ...scope, status: 'failure' });
    assert.equal(result.ok, false);
  });
});

describe('evaluateScript', () => {
  it('fills in a harmless workspace', () => {
    assert.deepEqual(evaluateScript('cd ${{ workspace }}', scope), {
      ok: true,
      value: 'cd /home/me/project',
    });
  });

  for (const name of [
    '/tmp/$(touch x)',
    '/tmp/a;b',
    '/tmp/"',
    "/tmp/'",
    '/tmp/`x`',
    '/a\nb',
    '%X%',
  ]) {
    it(`refuses the workspace ${JSON.stringify(name)}`, () => {
      const result = evaluateScript('cd ${{ workspace }}', { ...scope, workspace: name });
      assert.match(result.ok ? '' : result.error.message, /use "\$AGENT_WORKSPACE" instead$/);
    });
  }

  it('leaves values of the matrix to the author of the file', () => {
    const matrix = { os: 'a; b' };
    assert.deepEqual(evaluateScript('${{ matrix.os }}', { ...scope, matrix }), {
      ok: true,
      value: 'a; b',
    });
  });
});
