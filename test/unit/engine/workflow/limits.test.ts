import assert from 'node:assert/strict';
import {
  parseWorkflow,
  type ParsedWorkflow,
} from '../../../../src/engine/workflow/parse-workflow.ts';
import { maxTextLength } from '../../../../src/engine/workflow/yaml/read-yaml.ts';

function parse(text: string): ParsedWorkflow {
  return parseWorkflow(text, { agent: 'main', path: 'workflows/main.yaml' });
}

function codesOf(parsed: ParsedWorkflow): readonly string[] {
  return parsed.diagnostics.map(({ code }) => code);
}

function chain(count: number): string {
  const tasks = Array.from({ length: count }, (_, index) => {
    const needs = index === 0 ? '' : `    needs: t${index - 1}\n`;
    return `  t${index}:\n${needs}    run: echo ${index}\n`;
  });
  return `tasks:\n${tasks.join('')}`;
}

describe('limits of a workflow file', () => {
  it('a file over the size limit is refused unread', () => {
    assert.deepEqual(codesOf(parse(`# ${'x'.repeat(maxTextLength)}`)), ['file-too-large']);
  });

  it('a chain of 2,000 tasks is read whole', () => {
    const parsed = parse(chain(2000));
    assert.equal(parsed.workflow?.tasks.length, 2000);
    assert.equal(parsed.taskRanges.get('t1999')?.line, 2 + 2 + 3 * 1998);
  });

  it('a task of the end of a long chain may read one of its start', () => {
    const text = `${chain(2000)}  last: { needs: t1999, run: x, env: { A: '\${{ tasks.t0.status }}' } }\n`;
    assert.deepEqual(codesOf(parse(text)), []);
  });

  it('a circle of 2,000 tasks is found and its trail shortened in the message', () => {
    const parsed = parse(chain(2000).replace('  t0:\n', '  t0:\n    needs: t1999\n'));
    assert.deepEqual(codesOf(parsed), ['cycle']);
    assert.equal(parsed.diagnostics[0]?.related?.length, 2000);
    assert.match(
      parsed.diagnostics[0].message,
      /^these tasks wait for each other: t0 → t1999 .* … .* t1 → t0$/,
    );
  });

  it('more tasks than the limit are refused', () => {
    const tasks = Array.from({ length: 10_001 }, (_, index) => `  t${index}: { run: x }\n`);
    assert.deepEqual(codesOf(parse(`tasks:\n${tasks.join('')}`)), ['too-many-tasks']);
  });

  it('combinations count as tasks', () => {
    const list = `[${Array.from({ length: 250 }, (_, index) => index).join(', ')}]`;
    const tasks = Array.from({ length: 50 }, (_, index) => {
      return `  t${index}: { run: x, strategy: { matrix: { a: ${list} } } }\n`;
    });
    assert.deepEqual(codesOf(parse(`tasks:\n${tasks.join('')}`)), ['too-many-tasks']);
  });

  it('a message that quotes the file is cut', () => {
    const parsed = parse(`timeout: ${'1'.repeat(5000)}\ntasks: { a: { run: x } }\n`);
    assert.ok(parsed.diagnostics[0]!.message.length <= 400);
  });

  it('a script of thousands of unsafe expressions is reported, not repaired', () => {
    const text = `tasks:\n  a: { run: 'x ${'${{ env.A }} '.repeat(5000)}' }\n`;
    const { diagnostics } = parse(text);
    assert.equal(diagnostics.length, 50);
    assert.ok(diagnostics.every(({ fix }) => fix === undefined));
  });

  it('no more than 500 diagnostics are kept', () => {
    const tasks = Array.from({ length: 1000 }, (_, index) => `  t${index}: { rn: x }\n`);
    assert.equal(parse(`tasks:\n${tasks.join('')}`).diagnostics.length, 500);
  });

  for (const [name, text] of [
    ['brackets', '['.repeat(20_000)],
    ['braces', '{a: '.repeat(20_000)],
    ['dashes', '- '.repeat(20_000)],
    ['question marks', '? '.repeat(20_000)],
    ['indentation', Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
  ] as const) {
    it(`thousands of nested ${name} are refused without harm`, () => {
      assert.deepEqual(codesOf(parse(text)), ['too-deep']);
    });
  }

  it('an expression of thousands of operators is checked without harm', () => {
    const text = `tasks:\n  a: { run: x, if: "${'1 == '.repeat(3000)}1" }\n`;
    assert.deepEqual(codesOf(parse(text)), []);
  });

  it('an expression over the length limit is refused', () => {
    const text = `tasks:\n  a: { run: x, if: "${'1 == '.repeat(5000)}1" }\n`;
    assert.deepEqual(codesOf(parse(text)), ['bad-expression']);
  });

  for (const text of [
    '',
    '\n',
    '\ufeff',
    '---',
    '...',
    '~',
    '"',
    '\0',
    '\ud800',
    '|',
    '{}',
    'tasks',
  ]) {
    it(`the text ${JSON.stringify(text)} is told to be no workflow`, () => {
      const parsed = parse(text);
      assert.equal(parsed.workflow, null);
      assert.ok(parsed.diagnostics.length >= 1);
    });
  }

  it('task ranges are there in a file with errors', () => {
    const parsed = parse('tasks:\n  one: { rn: x }\n  two: { run: "y }\n');
    assert.deepEqual([...parsed.taskRanges.keys()], ['one', 'two']);
    assert.deepEqual(parsed.taskRanges.get('one'), {
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 6,
    });
  });
});
