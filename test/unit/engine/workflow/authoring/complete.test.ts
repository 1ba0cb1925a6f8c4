import assert from 'node:assert/strict';
import { complete } from '../../../../../src/engine/workflow/authoring/complete.ts';
import type { Suggestion } from '../../../../../src/engine/workflow/authoring/suggestion.ts';
import { keyTable } from '../../../../../src/engine/workflow/keys/key-table.ts';
import { context, cursorIn } from './cursor.ts';

const suggest = (marked: string): readonly Suggestion[] => {
  const { text, offset } = cursorIn(marked);
  return complete(text, offset, context);
};
const labels = (marked: string): readonly string[] => suggest(marked).map(({ label }) => label);

/** The text after a suggestion was taken. */
function accept(marked: string, label: string): string {
  const { text } = cursorIn(marked);
  const one = suggest(marked).find((candidate) => candidate.label === label);
  assert.ok(one, `${label} is not suggested: ${labels(marked).join()}`);
  return text.slice(0, one.replace.start) + one.insert + text.slice(one.replace.end);
}

const tasks = `inputs:
  version: { type: choice, options: [one, two], description: Which one }
secrets: [TOKEN]
env: { CI: 'true' }
tasks:
  lint: { run: npm run lint }
  build:
    needs: lint
    strategy: { matrix: { target: [linux, mac], include: [{ target: win, flags: -s }] } }
    run: echo "url=x" >> "$AGENT_OUTPUT"
  last:
    needs: build
`;

describe('completion of keys', () => {
  it('offers the keys of a task that it has not', () => {
    const found = labels(`${tasks}    █`);
    for (const key of ['run', 'if', 'env', 'timeout', 'strategy']) assert.ok(found.includes(key));
    assert.ok(!found.includes('needs'));
    assert.ok(!found.includes('agent'), 'reserved keys are not offered');
  });

  it('works in a line that is half typed', () => {
    assert.ok(labels(`${tasks}    ti█`).includes('timeout'));
    assert.equal(accept(`${tasks}    ti█`, 'timeout').split('\n').at(-1), '    timeout: ${0:10m}');
  });

  it('is the same below an empty first line', () => {
    assert.ok(labels('\nname: x\nta█').includes('tasks'));
    for (const text of [`\n${tasks}    ti`, '\n\n  a: { }\n']) {
      for (let at = 0; at <= text.length; at += 1) {
        labels(`${text.slice(0, at)}█${text.slice(at)}`);
      }
    }
  });

  it('replaces the whole word and keeps the colon behind it', () => {
    const text = accept('tasks:\n  a:\n    tim█e: 3s\n', 'timeout');
    assert.equal(text, 'tasks:\n  a:\n    timeout: 3s\n');
  });

  it('offers the keys at the top, and whole files while there is nothing', () => {
    assert.deepEqual(labels('█').slice(0, 2), ['workflow', 'workflow with inputs']);
    const found = labels('name: x\n█\ntasks:\n  a: { run: x }\n');
    assert.ok(found.includes('inputs') && !found.includes('tasks') && !found.includes('workflow'));
  });

  it('offers whole tasks where an id is expected', () => {
    assert.ok(labels('tasks:\n  █').includes('task: approval'));
    assert.ok(labels('tasks:\n  a: { run: x }\nfinally:\n  t█').includes('task: run'));
  });

  it('leaves out what the kind of the task does not know', () => {
    const found = labels('tasks:\n  a:\n    approval: Go on?\n    █');
    for (const key of ['run', 'shell', 'with', 'retry']) assert.ok(!found.includes(key), key);
    assert.ok(found.includes('needs'));
  });

  it('knows flow style, also over several lines', () => {
    assert.ok(labels('tasks:\n  a: { run: x, t█ }\n').includes('timeout'));
    assert.ok(!labels('tasks:\n  a: { run: x, █').includes('run'));
    assert.ok(labels('tasks:\n  a: {\n    run: x,\n    █\n  }\n').includes('timeout'));
    assert.ok(labels('tasks: { a: { retry: { m█ } } }').includes('max-delay'));
  });

  it('knows every map with fixed keys', () => {
    const places: Readonly<Record<string, string>> = {
      'concurrency:\n  █': 'concurrency',
      'defaults:\n  █': 'defaults',
      'inputs:\n  x:\n    █': 'input',
      'tasks:\n  a:\n    retry:\n      █': 'retry',
      'tasks:\n  a:\n    strategy:\n      █': 'strategy',
      'tasks:\n  a:\n    approval:\n      █': 'approval',
      'finally:\n  a:\n    http:\n      █': 'http',
    };
    for (const [marked, place] of Object.entries(places)) {
      const expected = [...keyTable[place as keyof typeof keyTable].keys()];
      assert.deepEqual(labels(marked), expected, marked);
    }
  });

  it('offers the inputs of the agent that is used', () => {
    const found = labels('tasks:\n  a:\n    uses: ops/notes\n    with:\n      version: 1\n      █');
    assert.deepEqual(found, ['channel']);
  });

  it('says what a key means', () => {
    const one = suggest('tasks:\n  a:\n    █').find(({ label }) => label === 'retry');
    assert.match(one?.docs ?? '', /Extra attempts/);
    assert.match(one?.docs ?? '', /```yaml/);
    assert.equal(one?.detail, 'whole number, or map');
  });

  it('is silent in comments and in scripts', () => {
    assert.deepEqual(labels('tasks:\n  a: # ne█'), []);
    assert.deepEqual(labels('tasks:\n  a:\n    run: |\n      fo█\n    needs: b\n'), []);
    assert.deepEqual(labels('tasks:\n  a:\n    run: |\n      if: x\n        █\n'), []);
  });

  it('reads lines that end in CR LF', () => {
    assert.ok(labels('tasks:\r\n  a:\r\n    run: x\r\n    █\r\n').includes('needs'));
    assert.deepEqual(labels('tasks:\r\n  a:\r\n    shell: █\r\n').at(0), 'bash');
  });
});

describe('completion of values', () => {
  it('offers the tasks that can be needed', () => {
    assert.deepEqual(labels(`${tasks}  more:\n    needs: █`), ['lint', 'build', 'last']);
    assert.deepEqual(labels(`${tasks}  more:\n    needs: [lint, █]`), ['build', 'last']);
    assert.deepEqual(labels(`${tasks}  more:\n    needs:\n      - lint\n      - b█`), [
      'build',
      'last',
    ]);
    assert.deepEqual(labels(`${tasks}  more:\n    needs:\n    - █`), ['lint', 'build', 'last']);
    assert.deepEqual(labels(`${tasks}  more:\n    needs:\n      - █\n      - build\n`), [
      'lint',
      'last',
    ]);
  });

  it('offers no task that would make a circle', () => {
    const text = tasks.replace('lint: { run', 'lint: { needs: [█], run');
    assert.deepEqual(labels(text), []);
  });

  it('keeps `finally` apart', () => {
    const text = `${tasks}finally:\n  one: { run: x }\n  two: { needs: █ }\n`;
    assert.deepEqual(labels(text), ['one']);
  });

  it('replaces inside quotes', () => {
    const text = accept(`${tasks}  more:\n    needs: "li█"\n`, 'lint');
    assert.match(text, /needs: "lint"\n$/);
  });

  it('offers words, with the default marked', () => {
    assert.deepEqual(labels('tasks:\n  a: { shell: █ }').slice(0, 3), ['bash', 'sh', 'zsh']);
    assert.deepEqual(labels('fail-fast: █'), ['true', 'false']);
    assert.deepEqual(labels('inputs:\n  x: { type: c█ }').includes('choice'), true);
    assert.deepEqual(labels('inputs:\n  x:\n    type: █\n    default: 1\n').length, 5);
    const backoff = suggest('tasks:\n  a:\n    retry:\n      backoff: █');
    assert.deepEqual(
      backoff.map(({ detail }) => detail),
      ['', 'default'],
    );
  });

  it('offers agents by id, and by path from the file', () => {
    assert.deepEqual(labels('tasks:\n  a: { uses: █ }'), ['hello', 'ops/notes']);
    assert.deepEqual(labels('tasks:\n  a:\n    uses: ./█'), ['../hello.yaml', './notes.yaml']);
  });

  it('offers stored secrets and reasons of failures', () => {
    assert.deepEqual(labels('secrets: [OTHER, █]'), ['NPM_TOKEN']);
    assert.ok(labels('tasks:\n  a:\n    retry: { max: 1, on: [█] }').includes('timeout'));
  });

  it('offers the options of a choice as its default', () => {
    const text = tasks.replace('options: [one, two]', 'options: [one, two], default: █');
    assert.deepEqual(labels(text), ['one', 'two']);
  });

  it('offers a map where one can stand', () => {
    assert.ok(labels('tasks:\n  a:\n    retry: █').includes('{ max }'));
  });
});

describe('completion of expressions', () => {
  it('offers what the place has', () => {
    const inEnv = labels(`${tasks}    env: { A: '\${{ █' }`);
    assert.ok(inEnv.includes('secrets') && inEnv.includes('format'));
    assert.ok(!inEnv.includes('success'));
    const inRun = labels(`${tasks}    run: echo \${{ █ }}`);
    assert.ok(inRun.includes('matrix') && !inRun.includes('inputs'));
    assert.ok(labels(`${tasks}    if: █`).includes('success'));
  });

  it('offers names of inputs, secrets, variables and of the matrix', () => {
    assert.deepEqual(labels(`${tasks}    if: inputs.█`), ['version']);
    assert.deepEqual(labels(`${tasks}    env: { A: '\${{ secrets.█ }}' }`), ['TOKEN']);
    assert.deepEqual(labels(`${tasks}    if: env.█`), ['CI']);
    const matrix = tasks.replace('run: echo "url', 'if: matrix.█\n    run: echo "url');
    assert.deepEqual(labels(matrix), ['target', 'flags']);
  });

  it('offers only tasks that are over', () => {
    assert.deepEqual(labels(`${tasks}    if: tasks.█`), ['lint', 'build']);
    const all = `${tasks}finally:\n  tidy:\n    if: tasks.█`;
    assert.deepEqual(labels(all), ['lint', 'build', 'last']);
    assert.equal(labels(`${tasks}outputs:\n  x: '\${{ tasks.█ }}'`).length, 3);
  });

  it('offers properties and outputs of a task', () => {
    const line = `${tasks}    if: tasks.build.`;
    assert.deepEqual(labels(`${line}█`), ['status', 'outputs', 'exit-code', 'attempt']);
    assert.deepEqual(labels(`${line}outputs.█`), ['url']);
    assert.deepEqual(
      labels('tasks:\n  a: { http: x }\n  b:\n    needs: a\n    if: tasks.a.outputs.█'),
      ['status', 'body'],
    );
  });

  it('writes the name in place of what was typed of it', () => {
    const text = accept(`${tasks}    if: success() && inputs.ve█ == 'one'`, 'version');
    assert.match(text, /if: success\(\) && inputs\.version == 'one'$/);
  });

  it('works inside scripts and in index form', () => {
    const script = 'tasks:\n  a:\n    run: |\n      echo ${{ execution.█ }}\n';
    assert.deepEqual(labels(script), ['id', 'agent', 'attempt']);
    assert.deepEqual(labels(`${tasks}    if: inputs['█`), ['version']);
  });

  it('is silent in quoted texts and where no expression is evaluated', () => {
    assert.deepEqual(labels(`${tasks}    if: inputs.version == 'in█`), []);
    assert.deepEqual(labels('name: ${{ █'), []);
  });
});

describe('completion anywhere', () => {
  it('never fails, at no offset of no beginning of a text', () => {
    const text = `${tasks}    if: \${{ success() && tasks['build'].outputs.url != "x }}\n    with: [{ a: [b, {c: 'd\n`;
    for (let offset = 0; offset <= text.length; offset += 1) {
      complete(text.slice(0, offset), offset, context);
      complete(text, offset, context);
    }
  });
});
