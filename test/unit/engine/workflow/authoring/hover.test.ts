import assert from 'node:assert/strict';
import { code, hoverAt } from '../../../../../src/engine/workflow/authoring/hover.ts';
import { WorkflowModel } from '../../../../../src/engine/workflow/authoring/workflow-model.ts';
import { context, cursorIn } from './cursor.ts';

function hover(marked: string) {
  const { text, offset } = cursorIn(marked);
  const found = hoverAt(new WorkflowModel(text, context), offset);
  return found === null ? null : { ...found, at: text.slice(found.range.start, found.range.end) };
}

const text = `inputs:
  version: { type: choice, options: [a, b], default: a, description: 'Which **one**' }
tasks:
  build:
    name: Build it
    timeout: 5m
    strategy: { matrix: { target: [linux, mac] } }
    run: echo url=1 >> "$AGENT_OUTPUT"; echo \${{ matrix.target }}
  test:
    needs: build
    env: { URL: '\${{ tasks.build.outputs.url }}', V: "\${{ format('{0}', inputs.version) }}" }
    shell: bash
    run: x
`;

describe('hover', () => {
  it('explains a key with its default and an example', () => {
    const found = hover(text.replace('timeout:', 'time█out:'));
    assert.equal(found?.at, 'timeout');
    assert.match(
      found.parts.join('\n'),
      /How long one attempt may take[^]*Default: no limit[^]*```yaml/,
    );
  });

  it('describes a task on its key and in needs', () => {
    for (const marked of [
      text.replace('  build:', '  bu█ild:'),
      text.replace('needs: b', 'needs: █b'),
    ]) {
      const found = hover(marked);
      assert.equal(found?.task, 'build');
      assert.deepEqual(found.parts, ['**Task** `build` `Build it` — run · matrix']);
    }
  });

  it('says what an expression reads', () => {
    const output = hover(text.replace('outputs.url', 'outputs.u█rl'));
    assert.equal(output?.at, 'tasks.build.outputs.url');
    assert.equal(output.parts.at(-2), 'Output `url`, written by the script: text.');
    assert.equal(output.task, 'build');
    const input = hover(text.replace('inputs.version', 'inputs.ver█sion'));
    assert.deepEqual(input?.parts, [
      '**Input** `version` — `choice, default a, one of a, b`',
      '`Which **one**`',
    ]);
    const matrix = hover(text.replace('matrix.target', 'matrix.tar█get'));
    assert.deepEqual(matrix?.parts, ['**Matrix** `target`', 'Values: `"linux", "mac"`']);
  });

  it('explains functions and words', () => {
    assert.match(hover(text.replace('format(', 'for█mat('))?.parts.join() ?? '', /Puts values/);
    assert.match(hover(text.replace('bash', 'ba█sh'))?.parts.join() ?? '', /What reads `run`/);
  });

  it('has nothing to say about scripts and names', () => {
    assert.equal(hover(text.replace('echo url', 'ec█ho url')), null);
    assert.equal(hover(text.replace('Build it', 'Bu█ild it')), null);
  });

  it('lets nothing of the author be read as Markdown', () => {
    assert.equal(code('a `b` c'), '`` a `b` c ``');
    assert.equal(code('[x](command:y)\n# z'), '`[x](command:y) # z`');
  });
});

describe('hover on an expression', () => {
  it('names what is read, for whoever knows its value', () => {
    assert.deepEqual(hover(text.replace('outputs.url', 'outputs.u█rl'))?.names, [
      'tasks',
      'build',
      'outputs',
      'url',
    ]);
    assert.deepEqual(hover(text.replace('inputs.ver', 'inputs.█ver'))?.names, [
      'inputs',
      'version',
    ]);
  });

  it('says what an output of a matrix is', () => {
    const found = hover(text.replace('outputs.url', 'outputs.u█rl'));
    assert.match(found?.parts.join('\n') ?? '', /outputs of all combinations together/);
  });
});
