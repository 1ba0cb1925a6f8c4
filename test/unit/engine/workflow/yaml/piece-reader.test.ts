import assert from 'node:assert/strict';
import { PieceReader } from '../../../../../src/engine/workflow/yaml/piece-reader.ts';
import { readYaml } from '../../../../../src/engine/workflow/yaml/read-yaml.ts';
import { readCases, textOfCase } from '../case-file.ts';
import { mutateText, SeededNumbers } from '../mutate-text.ts';

/** Tasks of many kinds, each as a text of its own. */
const tasks = [
  'a:\n    run: x\n',
  'b: { needs: [a], run: "x", env: { A: 1, B: null } }\n',
  'c:\n    # a comment\n    needs:\n      - a\n      - b\n    run: |\n      echo one && echo two\n\n      echo three\n\n',
  'd:\n    run: >+\n      folded\n      text\n\n\n',
  "e:\n    name: 'it''s ü 👩‍👩‍👧'\n    if: ${{ inputs.x == 'a' }}\n    strategy: { matrix: { os: [linux, mac],\n       n: [1, 2.50] } }\n    run: x\n",
  'f:\n',
  'g: # nothing\n    approval:\n      message: "two\n        lines"\n',
  '# between\n',
  '\n',
];

function textOf(numbers: SeededNumbers, newline: string): string {
  let text = 'name: Test\ninputs: { x: { default: a } }\n\ntasks:\n';
  for (let count = numbers.below(12); count >= 0; count -= 1) {
    const task = tasks[numbers.below(tasks.length)]!;
    text += /^[a-z]/.test(task) ? `  ${task.replace(/^\w/, (id) => `${id}${count}`)}` : task;
  }
  if (numbers.below(2) === 0) text += 'finally:\n  last: { run: x }\n';
  return text.replaceAll('\n', newline);
}

describe('PieceReader', () => {
  it('reads every case as readYaml does', () => {
    const reader = new PieceReader({ minLength: 0 });
    for (const one of readCases()) {
      const text = textOfCase(one);
      assert.deepEqual(reader.read(text), readYaml(text), one.file);
    }
  });

  it('reads files as readYaml does while they are edited in any way', () => {
    const numbers = new SeededNumbers(47);
    const reader = new PieceReader({ minLength: 0 });
    for (let round = 0; round < 40; round += 1) {
      let text = textOf(numbers, round % 5 === 0 ? '\r\n' : '\n');
      for (let edit = 0; edit < 6; edit += 1) {
        assert.deepEqual(reader.read(text), readYaml(text), JSON.stringify(text));
        text = mutateText(text, numbers);
      }
    }
  });

  it('reads only what has changed of a long text', () => {
    const many = Array.from(
      { length: 300 },
      (_, index) => `  t${index}:\n    run: echo ${index}\n`,
    );
    const text = `tasks:\n${many.join('')}`;
    const reader = new PieceReader({ minLength: 0 });
    const before = reader.read(text).root;
    const after = reader.read(text.replace('echo 200', 'echo changed')).root;
    const entriesOf = (root: typeof before) => {
      const map = root?.kind === 'map' ? root.entries[0]?.value : undefined;
      return map?.kind === 'map' ? map.entries : [];
    };
    const [old, now] = [entriesOf(before), entriesOf(after)];
    assert.equal(now.length, 300);
    assert.equal(now[100], old[100]);
    assert.notEqual(now[200], old[200]);
  });
});
