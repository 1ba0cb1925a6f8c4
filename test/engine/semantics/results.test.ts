import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Execution } from '../../../src/model/execution.ts';
import { Workspace } from '../workspace.ts';
import {
  matrixColumns,
  matrixRows,
  resultColumns,
  resultRows,
  type ResultColumn,
  type ResultRow,
} from './result-table.ts';
import { runSituation } from './run-situation.ts';

/** A task that writes down what it sees in each column. */
function watcher(columns: readonly ResultColumn[]): object {
  const env = Object.fromEntries(
    columns.map(({ expression }, index) => [`V${String(index)}`, `\${{ toJSON(${expression}) }}`]),
  );
  const lines = columns.map((_, index) => `printf '%s\\n' "$V${String(index)}"`);
  return { shell: 'sh', env, run: `{ ${lines.join('; ')}; } > seen` };
}

function walk(row: ResultRow, columns: readonly ResultColumn[]): void {
  describe(row.title, () => {
    const workspace = new Workspace();
    let execution: Execution;
    let seen: readonly unknown[];
    before(async function () {
      if (process.platform === 'win32') this.skip();
      execution = await runSituation(workspace, row, { finally: { watcher: watcher(columns) } });
      const lines = readFileSync(path.join(workspace.folder, 'seen'), 'utf8').trimEnd().split('\n');
      seen = lines.map((line): unknown => JSON.parse(line));
    });
    after(() => {
      workspace.remove();
    });
    for (const [index, { title }] of columns.entries()) {
      const value = row.values[index] ?? null;
      it(`${title} is ${JSON.stringify(value)}`, () => {
        assert.deepEqual(seen[index], value, JSON.stringify(execution.tasks[0], null, 2));
      });
    }
  });
}

describe('what expressions see of a task that is over', () => {
  for (const row of resultRows) walk(row, resultColumns);
});

describe('what expressions see of a matrix that is over', () => {
  for (const row of matrixRows) walk(row, matrixColumns);
});
