import assert from 'node:assert/strict';
import { findFolds } from '../../../../../src/engine/workflow/authoring/folds.ts';
import { WorkflowModel } from '../../../../../src/engine/workflow/authoring/workflow-model.ts';
import { context } from './cursor.ts';

const folds = (...lines: readonly string[]): readonly string[] | null =>
  findFolds(new WorkflowModel(lines.join('\n') + '\n', context))?.map(
    ({ line, endLine, kind }) => `${String(line)}-${String(endLine)} ${kind}`,
  ) ?? null;

describe('what can be folded', () => {
  it('is each section, task, script and list, as they are nested', () => {
    assert.deepEqual(
      folds(
        'name: One',
        'tasks:',
        '  build:',
        '    needs:',
        '      - a',
        '      - b',
        '    run: |',
        '      echo 1',
        '',
        '      echo 2',
        '',
        '  test: { run: x }',
        'finally:',
        '  tidy:',
        '    run: x',
      ),
      ['2-12 value', '3-10 value', '4-6 value', '7-10 value', '13-15 value', '14-15 value'],
    );
  });

  it('is a value in brackets over several lines, whatever its indentation', () => {
    assert.deepEqual(folds('tasks: {', ' a: { run: x },', ' b: { run: y }', ' }'), ['1-4 value']);
  });

  it('is a comment of several lines', () => {
    assert.deepEqual(folds('# one', '# two', '# three', 'tasks:', '  a: { run: x } # four'), [
      '1-3 comment',
      '4-5 value',
    ]);
  });

  it('is not where an alias stands', () => {
    const text = ['env: &all', '  A: 1', '  B: 2', 'tasks:', '  a: { run: x, env: *all }'];
    assert.deepEqual(folds(...text), ['1-3 value', '4-5 value']);
  });

  it('is not known while the text cannot be read to its end', () => {
    assert.equal(folds('tasks:', '  a: [', '  b: { run: x }'), null);
  });
});
