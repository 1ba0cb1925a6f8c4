import assert from 'node:assert/strict';
import { hasErrors } from '../../../../src/model/diagnostic.ts';
import { parseWorkflow } from '../../../../src/engine/workflow/parse-workflow.ts';
import { readCases, textOfCase } from './case-file.ts';
import { mutateText, SeededNumbers } from './mutate-text.ts';

const context = { agent: 'main', path: 'workflows/main.yaml' };

describe('mutated workflow files', () => {
  const corpus = readCases().flatMap((one) => [textOfCase(one), one.fixed ?? textOfCase(one)]);

  it('never end in a throw or an internal error, and keep their promises', () => {
    const numbers = new SeededNumbers(20261122);
    for (let round = 0; round < 800; round += 1) {
      const text = mutateText(corpus[numbers.below(corpus.length)]!, numbers);
      const parsed = parseWorkflow(text, context);
      const told = JSON.stringify(text);
      assert.equal(parsed.workflow === null, hasErrors(parsed.diagnostics), told);
      const lines = text.replace(/^\ufeff/, '').split('\n');
      for (const diagnostic of parsed.diagnostics) {
        assert.notEqual(diagnostic.code, 'internal-error', `${diagnostic.message} ${told}`);
        const { line, column, endLine, endColumn } = diagnostic;
        const isOrdered = line < endLine || (line === endLine && column <= endColumn);
        assert.ok(line >= 1 && column >= 1 && isOrdered, told);
        assert.ok(endLine <= lines.length && endColumn <= lines[endLine - 1]!.length + 1, told);
      }
    }
  });
});
