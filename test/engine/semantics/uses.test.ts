import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { taskOf, Workspace } from '../workspace.ts';
import { inputRows, outputRows } from './uses-table.ts';

describe('an agent that is used', function () {
  let workspace: Workspace;
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  for (const { input, given, seen } of inputRows) {
    const told = given === null ? 'nothing' : given;
    it(`sees ${JSON.stringify(seen)} in the input ${input} when it is given ${told}`, async () => {
      workspace.workflow(
        `inputs: { value: ${input} }
tasks: { show: { shell: sh, env: { V: '\${{ toJSON(inputs.value) }}' }, run: 'printf %s "$V" > seen' } }`,
        'other',
      ).workflow(`inputs: { five: { type: number }, yes: { type: boolean }, none: {} }
tasks:
  use:
    uses: other
${given === null ? '' : `    with: { value: ${given} }`}
`);
      const execution = await workspace.run({ five: 5, yes: true });
      const task = taskOf(execution, 'use');
      if ('fails' in seen) {
        assert.equal(task.status, 'failed');
        assert.ok(task.message?.includes(seen.fails), task.message ?? '');
        assert.equal(existsSync(path.join(workspace.folder, 'seen')), false);
      } else {
        assert.equal(task.status, 'succeeded', task.message ?? '');
        assert.deepEqual(JSON.parse(workspace.read('seen')), seen.value);
      }
    });
  }

  for (const { output, seen } of outputRows) {
    it(`gives ${JSON.stringify(seen)} as the output ${output}`, async () => {
      workspace
        .workflow(
          `tasks:
  a: { shell: sh, run: 'echo text=one >> "$AGENT_OUTPUT"' }
  skipped: { if: false, shell: sh, run: ':' }
outputs: { value: ${output} }`,
          'other',
        )
        .workflow(`tasks: { use: { uses: other } }`);
      const task = taskOf(await workspace.run(), 'use');
      if ('fails' in seen) {
        assert.deepEqual([task.status, task.reason], ['failed', 'expression']);
        assert.ok(task.message?.endsWith(seen.fails), task.message ?? '');
      } else {
        assert.equal(task.status, 'succeeded', task.message ?? '');
        assert.deepEqual(task.outputs, { value: seen.value });
      }
    });
  }
});
