import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { valueGroups } from '../../unit/engine/expressions/value-table.ts';
import {
  conditionColumns,
  fateOf,
  finallyRows,
  taskRows,
  type ConditionRow,
} from './condition-table.ts';
import {
  matrixColumns,
  matrixRows,
  resultColumns,
  resultRows,
  type ResultColumn,
  type ResultRow,
} from './result-table.ts';
import { inputRows, outputRows } from './uses-table.ts';

const file = path.join(import.meta.dirname, '../../../docs/semantics.md');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Something in the letters of a program; a line break in it would end the row. */
function code(text: string): string {
  const safe = text.replaceAll('\n', '↵').replaceAll('|', '\\|');
  return safe.includes('`') ? `\`\` ${safe} \`\`` : `\`${safe}\``;
}

function conditions(first: string, rows: readonly ConditionRow[]): string {
  return table(
    [first, ...conditionColumns.map(({ title }) => title)],
    rows.map(({ title, fates }) => [
      title,
      ...conditionColumns.map((_, index) => {
        const fate = fateOf[fates.charAt(index)] ?? '';
        return fate === 'runs' ? '**runs**' : fate;
      }),
    ]),
  );
}

function results(
  first: string,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
): string {
  return table(
    [first, ...columns.map(({ title }) => title)],
    rows.map(({ title, values }) => [title, ...values.map((value) => shown(value))]),
  );
}

function shown(value: unknown): string {
  return code(typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
}

const tables: Readonly<Record<string, string>> = {
  tasks: conditions('the need', taskRows),
  finally: conditions('before it', finallyRows),
  results: results('the task', resultColumns, resultRows),
  matrix: results('the combinations', matrixColumns, matrixRows),
  inputs: table(
    ['input', 'in `with`', 'the agent sees'],
    inputRows.map(({ input, given, seen }) => [
      code(input),
      given === null ? 'nothing' : code(given),
      'fails' in seen ? `the task fails: ${code(seen.fails)}` : shown(seen.value),
    ]),
  ),
  outputs: table(
    ['in `outputs`', 'the task has'],
    outputRows.map(({ output, seen }) => [
      code(output),
      'fails' in seen ? `the execution fails: ${code(seen.fails)}` : shown(seen.value),
    ]),
  ),
  values: valueGroups
    .map(({ title, rows }) => {
      const cells = rows.map(([expression, value]) => [code(expression), shown(value)]);
      return `### ${title}\n\n${table(['expression', 'value'], cells)}`;
    })
    .join('\n\n'),
};

describe('the page of semantics', () => {
  it('has the tables that are tested', () => {
    const before = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    const places: string[] = [];
    const now = before.replaceAll(
      /<!-- table: (\w+) -->\n[^]*?<!-- end -->/g,
      (_, name: string) => {
        places.push(name);
        return `<!-- table: ${name} -->\n\n${tables[name] ?? ''}\n\n<!-- end -->`;
      },
    );
    assert.deepEqual(places, Object.keys(tables));
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, now);
    else assert.ok(now === before, 'run this test with UPDATE_DOCS=1 and commit docs/semantics.md');
  });
});
