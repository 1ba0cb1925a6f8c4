import assert from 'node:assert/strict';
import {
  evaluateCondition,
  evaluateScript,
  evaluateTemplate,
  evaluateValue,
  type ExpressionScope,
  type ExpressionValue,
} from '../../../../src/engine/expressions/evaluate.ts';

const scope: ExpressionScope = {
  inputs: {
    text: 'Hello',
    count: 3,
    yes: true,
    no: false,
    empty: '',
    nothing: null,
    list: '["a","b"]',
  },
  env: { NAME: 'one', name: 'two' },
  secrets: { TOKEN: 's3cret' },
  matrix: { os: 'linux', node: 20, experimental: false, flag: null },
  tasks: {
    build: {
      status: 'succeeded',
      outputs: { url: 'https://x', 'a-b': '1' },
      'exit-code': 0,
      attempt: 2,
    },
    test: { status: 'failed', outputs: {}, 'exit-code': 1, attempt: 1 },
  },
  execution: { id: '20261122-141503-7f3a', agent: 'ops/backup', attempt: 1 },
  workspace: '/home/me/project',
  status: 'success',
};

/** Expressions with the values GitHub's documentation and reference implementation give them. */
const values: readonly (readonly [expression: string, value: ExpressionValue])[] = [
  // literals
  ['null', null],
  ['true', true],
  ['42', 42],
  ['-1.5', -1.5],
  ['0xff', 255],
  ['1e3', 1000],
  ["'it''s ''quoted'''", "it's 'quoted'"],
  // null and coercion
  ["null == ''", true],
  ['null == 0', true],
  ['null == false', true],
  ["'' == 0", true],
  ["'' == false", true],
  ["'0' == 0", true],
  ["'0x10' == 16", true],
  ["'abc' == 0", false],
  ["'true' == true", false],
  ["'1' == true", true],
  ['inputs.nothing == null', true],
  ['inputs.missing == null', true],
  ["inputs.missing == ''", true],
  ['NaN == NaN', false],
  ['inputs == inputs', true],
  // comparison
  ["'ABC' == 'abc'", true],
  ["'a' < 'B'", true],
  ["'10' < '9'", true],
  ["'10' < 9", false],
  ['1 < 2', true],
  ['2 >= 2', true],
  ['true > false', true],
  ["'x' > 1", false],
  ["'x' < 1", false],
  // logic gives the value that decided
  ["inputs.empty || 'default'", 'default'],
  ["inputs.text && 'then'", 'then'],
  ["'' && 'never'", ''],
  ["inputs.no && 'a' || 'b'", 'b'],
  ['!inputs.empty', true],
  ["!'false'", false],
  ['!!1', true],
  // contexts
  ['inputs.count', 3],
  ['inputs.yes', true],
  ['INPUTS.Text', 'Hello'],
  ["inputs['text']", 'Hello'],
  ['env.NAME', 'one'],
  ['env.name', 'two'],
  ['secrets.TOKEN', 's3cret'],
  ['matrix.node', 20],
  ['matrix.flag', null],
  ['tasks.build.outputs.url', 'https://x'],
  ['tasks.build.outputs.a-b', '1'],
  ['tasks.build.exit-code', 0],
  ['tasks.build.attempt', 2],
  ['tasks.test.status', 'failed'],
  ['tasks.none.outputs.x', null],
  ['execution.agent', 'ops/backup'],
  ['workspace', '/home/me/project'],
  ['inputs.constructor', null],
  ['inputs.__proto__', null],
  ['tasks.toString', null],
  // filters
  ["join(tasks.*.status, ' ')", 'succeeded failed'],
  ["contains(tasks.*.status, 'FAILED')", true],
  ['tasks.*.outputs.url', ['https://x']],
  ['fromJSON(\'[{"a":1},{"a":2},{"b":3}]\').*.a', [1, 2]],
  ['fromJSON(\'{"x":{"n":1},"y":{"n":2}}\').*.n', [1, 2]],
  ["fromJSON('[10,20]')[1]", 20],
  ["fromJSON('[10,20]')[5]", null],
  // functions
  ["contains('Hello world', 'LLO')", true],
  ["contains(fromJSON(inputs.list), 'B')", true],
  ["startsWith('Hello', 'he')", true],
  ["endsWith('Hello', 'LO')", true],
  ["format('{0} {1} {0}', 'a', 'b')", 'a b a'],
  ["format('{{0}}', 'a')", '{0}'],
  ["join(fromJSON(inputs.list), '-')", 'a-b'],
  ['join(fromJSON(inputs.list))', 'a,b'],
  ['fromJSON(inputs.list)', ['a', 'b']],
  ['toJSON(fromJSON(inputs.list))', '[\n  "a",\n  "b"\n]'],
  ['toJSON(inputs.text)', '"Hello"'],
  ['fromJSON(toJSON(matrix)).os', 'linux'],
  ['fromJSON(\'{"__proto__": 1}\').__proto__', 1],
  ["fromJSON('true')", true],
];

describe('expressions', () => {
  for (const [expression, value] of values) {
    it(`\${{ ${expression} }} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(evaluateValue(`\${{ ${expression} }}`, scope), { ok: true, value });
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
      'the expression `inputs.a = 1` failed: unexpected `=`; equality is `==` (position 11)',
    ],
    [
      '${{ nothing.x }}',
      'the expression `nothing.x` failed: unknown context `nothing`; there are inputs, env, secrets, matrix, tasks, execution, workspace (position 2)',
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
      'the expression `fromJSON(\'{\')` failed: fromJSON was given "{", which is no JSON',
    ],
    [
      '${{ fromJSON(inputs.empty) }}',
      'the expression `fromJSON(inputs.empty)` failed: fromJSON was given an empty text',
    ],
  ];
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
