import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { parseWorkflow } from '../../../../src/engine/workflow/parse-workflow.ts';
import type { KeyPlace, KeySpec } from '../../../../src/engine/workflow/keys/key-spec.ts';
import { keyTable } from '../../../../src/engine/workflow/keys/key-table.ts';

/** A workflow around an example of a key. */
const frames: Readonly<Record<KeyPlace, (example: string, key: string) => string>> = {
  workflow: (example, key) => (key === 'tasks' ? example : `${example}\ntasks: { a: { run: x } }`),
  input: (example) => `inputs:\n  a:\n    ${example}\ntasks: { a: { run: x } }`,
  concurrency: (example, key) =>
    `concurrency:\n  ${key === 'group' ? '' : 'group: g\n  '}${example}\ntasks: { a: { run: x } }`,
  defaults: (example) => `defaults:\n  ${example}\ntasks: { a: { run: x } }`,
  task: (example, key) => {
    const isKind = ['run', 'uses', 'approval', 'http'].includes(key);
    const kind = isKind ? '' : key === 'with' ? 'uses: other\n    ' : 'run: x\n    ';
    return `tasks:\n  lint: { run: x }\n  test: { run: x }\n  a:\n    ${kind}${example}`;
  },
  retry: (example, key) =>
    `tasks:\n  a:\n    run: x\n    retry:\n      ${key === 'max' ? '' : 'max: 1\n      '}${example}`,
  strategy: (example, key) =>
    `tasks:\n  a:\n    run: x\n    strategy:\n      ${key === 'matrix' ? '' : 'matrix: { x: [1] }\n      '}${example}`,
  approval: (example, key) =>
    `tasks:\n  a:\n    approval:\n      ${key === 'message' ? '' : 'message: x\n      '}${example}`,
  http: (example, key) =>
    `tasks:\n  a:\n    http:\n      ${key === 'url' ? '' : 'url: https://example.com\n      '}${example}`,
};

/** What an example may name without being a whole file. */
const lenient = new Set(['unknown-input', 'unknown-secret', 'unknown-task', 'bad-options']);

describe('the table of keys', () => {
  for (const [place, specs] of Object.entries(keyTable) as [
    KeyPlace,
    ReadonlyMap<string, KeySpec>,
  ][]) {
    for (const spec of specs.values()) {
      it(`${place} ${spec.key}: has docs, and an example that is right`, () => {
        assert.equal(spec.place, place);
        assert.match(spec.docs, /^[A-Z`].*\.$/);
        assert.deepEqual(Object.keys(parse(spec.example) as object), [spec.key]);
        if (spec.isLater === true) return;
        const indented = spec.example.replaceAll(
          '\n',
          `\n${' '.repeat(place === 'workflow' ? 0 : 4)}`,
        );
        const text = frames[place](indented, spec.key);
        const { diagnostics } = parseWorkflow(text, { agent: 'main', path: 'workflows/main.yaml' });
        const serious = diagnostics.filter(({ code }) => !lenient.has(code));
        assert.deepEqual(serious, [], text);
      });
    }
  }
});
