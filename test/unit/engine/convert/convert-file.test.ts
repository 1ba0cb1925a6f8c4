import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {
  convertFile,
  readConvertible,
  type ConvertedFile,
} from '../../../../src/engine/convert/convert-file.ts';

const cases = path.join(import.meta.dirname, '../../../cases/convert');

function convert(file: string, text: string, targets?: readonly string[]): ConvertedFile {
  const read = readConvertible(file, text);
  if (!read.ok) assert.fail(read.error.message);
  const converted = convertFile(read.value, targets);
  if (!converted.ok) assert.fail(converted.error.message);
  return converted.value;
}

/** A GitHub workflow with one job of the given steps. */
const github = (job: string, head = ''): string => `${head}\njobs:\n  one:\n    ${job}\n`;

describe('converted files', () => {
  for (const name of readdirSync(cases)) {
    it(`${name} become what is expected`, () => {
      const files = readdirSync(path.join(cases, name));
      const source = files.find((file) => !file.startsWith('expected')) ?? '';
      const read = (file: string): string => readFileSync(path.join(cases, name, file), 'utf8');
      const all = name === 'vscode-tasks' ? ['build all', 'rel', 'rel2'] : undefined;
      const { text, problems } = convert(source, read(source), all);
      assert.equal(text, read('expected.yaml'));
      assert.deepEqual(problems, []);
    });
  }
});

describe('a GitHub workflow', () => {
  it('hands inputs to scripts as variables', () => {
    const head = 'on: { workflow_dispatch: { inputs: { who: {} } } }';
    const { text } = convert('ci.yml', github("steps: [{ run: 'echo ${{ inputs.who }}' }]", head));
    assert.match(text, /WHO: '\$\{\{ inputs\.who \}\}'\n {4}run: echo "\$WHO"/);
  });

  it('never runs a script that has lost a part', () => {
    const { text } = convert('ci.yml', github("steps: [{ run: 'rm -rf ${{ runner.temp }}/x' }]"));
    assert.doesNotMatch(text, /^ *run: .*rm -rf/m);
    assert.match(text, /^ {2}# rm -rf/m);
    assert.match(text, /process\.exit\(1\)/);
  });

  it('never runs a task whose condition is not known here', () => {
    const { text, left } = convert(
      'ci.yml',
      github("if: github.ref == 'main'\n    steps: [{ run: deploy }, { if: always(), run: tell }]"),
    );
    assert.equal(text.match(/if: "false"/g)?.length, 2);
    assert.match(left[0]?.why ?? '', /never runs/);
  });

  it('lets a step that decides for itself look at all steps before it', () => {
    const steps = 'steps: [{ run: a }, { run: b }, { if: failure(), run: c }]';
    const { text } = convert('ci.yml', github(steps));
    assert.match(
      text,
      /one-step-3:\n {4}needs:\n {6}- one-step-1\n {6}- one-step-2\n {4}if: failure/,
    );
  });

  it('names secrets that are used', () => {
    const job = "steps: [{ run: go, env: { T: '${{ secrets.TOKEN }}' } }]";
    assert.match(convert('ci.yml', github(job)).text, /secrets:\n {2}- TOKEN/);
  });

  it('keeps the order of jobs whatever their order in the file', () => {
    const text = 'jobs:\n  b: { needs: a, steps: [{ run: b }] }\n  a: { steps: [{ run: a }] }\n';
    assert.match(convert('ci.yml', text).text, /b:\n {4}needs: a/);
  });
});

describe('a Taskfile', () => {
  const taskfile = (tasks: string): string => `version: '3'\ntasks:\n${tasks}`;

  it('gives each command a shell of its own where it would change the next one', () => {
    const { text } = convert('Taskfile.yml', taskfile('  default: [cd a, make]\n'));
    assert.match(text, /\(cd a\)\n {6}make/);
  });

  it('says so when a task calls itself', () => {
    const { text } = convert('Taskfile.yml', taskfile('  default: [{ task: default }]\n'));
    assert.match(text, /default: it calls itself/);
  });

  it('asks which task when there is no default', () => {
    const read = readConvertible('Taskfile.yml', taskfile('  a: ls\n  b: ls\n'));
    assert.ok(read.ok);
    const converted = convertFile(read.value);
    assert.ok(!converted.ok);
    assert.equal(converted.error.hint, 'Choose some of: a, b.');
  });
});

describe('tasks of VS Code', () => {
  const tasks = (task: string, inputs = '[]'): string =>
    `{ "tasks": [${task}], "inputs": ${inputs} } // end`;

  it('quotes arguments for the shell', () => {
    const task = `{ "label": "t", "type": "process", "command": "echo", "args": ["$(x)", "it's"] }`;
    assert.match(convert('tasks.json', tasks(task), ['t']).text, /run: echo '\$\(x\)' 'it'\\''s'/);
  });

  it('makes inputs of inputs', () => {
    const task = '{ "label": "t", "command": "echo ${input:who}" }';
    const inputs = '[{ "id": "who", "type": "promptString" }]';
    const { text } = convert('tasks.json', tasks(task, inputs), ['t']);
    assert.match(text, /WHO: \$\{\{ inputs\.who \}\}\n {4}run: echo \$\{WHO\}/);
  });

  it('carries no expression in from a text that was none', () => {
    const task = '{ "label": "t", "command": "echo ${{ workspace }}" }';
    assert.match(convert('tasks.json', tasks(task), ['t']).text, /t: it has a "\$\{\{"/);
  });
});

describe('readConvertible', () => {
  it('refuses what it does not know', () => {
    const read = readConvertible('notes.yaml', 'a: 1');
    assert.ok(!read.ok);
    assert.equal(read.error.code, 'not-convertible');
  });

  it('says where a file is broken', () => {
    const read = readConvertible('tasks.json', '{ "tasks": [');
    assert.ok(!read.ok);
    assert.match(read.error.message, /not valid JSON/);
  });

  it('never throws, and what it makes is valid, whatever the file holds', () => {
    const word = fc.constantFrom(
      ...[
        'run',
        'needs',
        'if',
        'steps',
        'env',
        'tasks',
        'cmds',
        'deps',
        'label',
        'command',
        'args',
      ],
      ...[
        'jobs',
        'scripts',
        'matrix',
        'strategy',
        'task',
        '${{ x',
        '${{ inputs.a }}',
        '{{.A}}',
        '',
      ],
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.constantFrom(null, true, 3, 'a: b', 'line\nline', '\u0000', "it's"),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(word, tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    const files = ['ci.yml', 'Taskfile.yml', 'tasks.json', 'package.json'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...files), value, value, (file, tasks, other) => {
        const data = { jobs: { a: { steps: [tasks, other] }, b: other }, tasks, scripts: tasks };
        const read = readConvertible(file, JSON.stringify(data));
        assert.ok(read.ok);
        const all = read.value.targets.map(({ name }) => name);
        const converted = convertFile(read.value, all);
        if (converted.ok) assert.deepEqual(converted.value.problems, [], converted.value.text);
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});
