import assert from 'node:assert/strict';
import { findOutline } from '../../../../../src/engine/workflow/authoring/outline.ts';
import { renameTask } from '../../../../../src/engine/workflow/authoring/rename-task.ts';
import { occurrenceAt, sameAs } from '../../../../../src/engine/workflow/authoring/symbols.ts';
import { WorkflowModel } from '../../../../../src/engine/workflow/authoring/workflow-model.ts';
import { parseWorkflow } from '../../../../../src/engine/workflow/parse-workflow.ts';
import { context, cursorIn } from './cursor.ts';

const text = `inputs:
  version: { required: true }
secrets: [TOKEN]
env: { CI: 'true' }
tasks:
  build:
    strategy: { matrix: { target: [a, b] } }
    run: make \${{ matrix.target }}
    env: { T: '\${{ secrets.TOKEN }}', V: "\${{ inputs.Version }} \${{ env.CI }}" }
  "test": { needs: [build], run: x, if: "tasks.build.outputs.url != ''" }
  last:
    needs:
      - 'build'
      - test
    if: |
      success() &&
      tasks['build'].status == 'succeeded' && tasks.BUILD.attempt == 1
    run: echo build
outputs: { url: '\${{ tasks.build.outputs.url }}' }
finally:
  tidy: { run: rm, if: tasks.build.status == 'failed' }
`;

const modelOf = (source: string) => new WorkflowModel(source, context);

/** The lines of all places of the name at the marker, each with the text that stands there. */
function places(marked: string): readonly string[] {
  const { text: source, offset } = cursorIn(marked);
  const model = modelOf(source);
  const found = occurrenceAt(model, offset);
  return found === null
    ? []
    : sameAs(model, found).map(({ start, end, isDefinition }) => {
        const { line } = model.lines.positionOf(start);
        return `${String(line)} ${source.slice(start, end)}${isDefinition ? ' !' : ''}`;
      });
}

describe('places of a name', () => {
  it('finds a task in keys, needs and expressions of every form', () => {
    const expected = [
      '6 build !',
      '10 build',
      '10 build',
      '13 build',
      '17 build',
      '17 BUILD',
      '19 build',
      '21 build',
    ];
    assert.deepEqual(places(text.replace("- 'build'", "- 'bu█ild'")), expected);
    assert.deepEqual(places(text.replace('tasks.BUILD', 'tasks.█BUILD')), expected);
  });

  it('finds inputs, secrets, variables and values of a matrix', () => {
    assert.deepEqual(places(text.replace('inputs.Version', 'inputs.V█ersion')), [
      '2 version !',
      '9 Version',
    ]);
    assert.deepEqual(places(text.replace('secrets.TOKEN', 'secrets.T█OKEN')), [
      '3 TOKEN !',
      '9 TOKEN',
    ]);
    assert.deepEqual(places(text.replace('env.CI', 'env.C█I')), ['4 CI !', '9 CI']);
    assert.deepEqual(places(text.replace('matrix.target', 'matrix.t█arget')), [
      '7 target !',
      '8 target',
    ]);
  });

  it('finds nothing in a script', () => {
    assert.deepEqual(places(text.replace('echo build', 'echo bui█ld')), []);
  });
});

describe('renaming a task', () => {
  const rename = (marked: string, name: string) => {
    const { text: source, offset } = cursorIn(marked);
    const result = renameTask(modelOf(source), offset, name);
    if (!result.ok) return result.error.message;
    return [...result.value].reverse().reduce((all, { start, end, text: replacement }) => {
      return all.slice(0, start) + replacement + all.slice(end);
    }, source);
  };

  it('renames it everywhere and leaves a valid file', () => {
    const renamed = rename(text.replace('  build:', '  █build:'), 'compile-it');
    const wanted = text
      .replaceAll(/\b(build|BUILD)\b/g, 'compile-it')
      .replace('echo compile-it', 'echo build');
    assert.equal(renamed, wanted);
    const { diagnostics } = parseWorkflow(renamed, { agent: 'a', path: 'workflows/a.yaml' });
    assert.deepEqual(diagnostics, []);
  });

  it('keeps quotes', () => {
    assert.match(rename(text.replace('"test"', '"te█st"'), 'check'), /"check": \{ needs/);
  });

  it('refuses what is no id, and an id that is taken', () => {
    const marked = text.replace('  build:', '  █build:');
    assert.match(rename(marked, '1st'), /is no id/);
    assert.equal(rename(marked, 'Last'), 'There is a task "last" already.');
    assert.match(
      rename(text.replace('inputs.Version', 'inputs.█Version'), 'x'),
      /Only ids of tasks/,
    );
  });

  it('renames what an alias shares once', () => {
    const shared = 'tasks:\n  █a: { run: x }\n  b: &b\n    needs: a\n    run: x\n  c: *b\n';
    assert.equal(
      rename(shared, 'z'),
      shared.replace('█', '').replace('  a:', '  z:').replace('needs: a', 'needs: z'),
    );
  });
});

describe('the outline', () => {
  it('shows sections, and tasks with their kind and needs', () => {
    const nodes = findOutline(modelOf(text));
    assert.deepEqual(
      nodes.map(({ name, kind, detail }) => [name, kind, detail]),
      [
        ['inputs', 'section', ''],
        ['secrets', 'section', ''],
        ['env', 'section', ''],
        ['tasks', 'section', '3 tasks'],
        ['outputs', 'section', ''],
        ['finally', 'section', '1 task'],
      ],
    );
    const tasks = nodes[3]?.children ?? [];
    assert.deepEqual(
      tasks.map(({ name, kind, detail }) => [name, kind, detail]),
      [
        ['build', 'run', 'run · matrix'],
        ['test', 'run', 'run · needs build'],
        ['last', 'run', 'run · needs build, test'],
      ],
    );
  });

  it('has ranges that hold their children and selections', () => {
    const aliased = 'tasks:\n  a: &x { run: y }\n  b: *x\n  c:\n';
    for (const source of [text, aliased]) {
      const open = [...findOutline(modelOf(source))];
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        assert.ok(node.range.start <= node.selection.start && node.selection.end <= node.range.end);
        for (const child of node.children) {
          assert.ok(node.range.start <= child.range.start && child.range.end <= node.range.end);
        }
        open.push(...node.children);
      }
    }
  });
});
