import assert from 'node:assert/strict';
import type { Execution } from '../../../src/model/execution.ts';
import { taskOf, Workspace } from '../workspace.ts';
import {
  conditionColumns,
  fateOf,
  finallyRows,
  taskRows,
  type ConditionRow,
} from './condition-table.ts';
import { runSituation } from './run-situation.ts';

const fateByStatus: Readonly<Record<string, string>> = {
  succeeded: 'runs',
  skipped: 'skipped',
  cancelled: 'cancelled',
  failed: 'fails',
};

/** One task for every `if`. */
function askers(row: ConditionRow): Readonly<Record<string, object>> {
  return Object.fromEntries(
    conditionColumns.map(({ condition }, index) => {
      const needs = row.needs.length === 0 ? {} : { needs: row.needs };
      const asked = condition === null ? {} : { if: condition };
      return [`asker${String(index)}`, { ...needs, ...asked, shell: 'sh', run: ':' }];
    }),
  );
}

function walk(row: ConditionRow): void {
  describe(row.title, () => {
    const workspace = new Workspace();
    let execution: Execution;
    before(async function () {
      if (process.platform === 'win32') this.skip();
      execution = await runSituation(workspace, row, { [row.place]: askers(row) });
    });
    after(() => {
      workspace.remove();
    });
    for (const [index, { title }] of conditionColumns.entries()) {
      const fate = fateOf[row.fates.charAt(index)] ?? 'nothing';
      it(`${title}: ${fate}`, () => {
        const task = taskOf(execution, `asker${String(index)}`);
        assert.equal(fateByStatus[task.status], fate, task.message ?? '');
        // What did not run never had an attempt (in the first round of a retry it may have), and says why.
        if (row.act !== 'retry') assert.equal(task.attempts.length > 0, fate === 'runs');
        if (fate !== 'runs') assert.notEqual(task.message, null);
      });
    }
  });
}

describe('whether a task runs, by what became of what it needs', () => {
  taskRows.forEach(walk);
});

describe('whether a finally task runs, by what happened before', () => {
  finallyRows.forEach(walk);
});
