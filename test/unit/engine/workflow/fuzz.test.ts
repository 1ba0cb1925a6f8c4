import assert from 'node:assert/strict';
import { hasErrors } from '../../../../src/model/diagnostic.ts';
import { parseWorkflow } from '../../../../src/engine/workflow/parse-workflow.ts';
import { complete } from '../../../../src/engine/workflow/authoring/complete.ts';
import { graphTasks } from '../../../../src/engine/workflow/authoring/graph-tasks.ts';
import { hoverAt } from '../../../../src/engine/workflow/authoring/hover.ts';
import { findOutline } from '../../../../src/engine/workflow/authoring/outline.ts';
import {
  findRenamable,
  renameTask,
} from '../../../../src/engine/workflow/authoring/rename-task.ts';
import { occurrenceAt, sameAs } from '../../../../src/engine/workflow/authoring/symbols.ts';
import { WorkflowModel } from '../../../../src/engine/workflow/authoring/workflow-model.ts';
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

  it('never make an editor feature throw', () => {
    const numbers = new SeededNumbers(1139);
    const authoring = { ...context, agents: ['main', 'other'], secretNames: ['TOKEN'] };
    for (let round = 0; round < 400; round += 1) {
      const text = mutateText(corpus[numbers.below(corpus.length)]!, numbers);
      const offset = numbers.below(text.length + 1);
      const model = new WorkflowModel(text, authoring);
      try {
        complete(text, offset, authoring);
        hoverAt(model, offset);
        findOutline(model);
        findRenamable(model, offset);
        renameTask(model, offset, 'renamed');
        for (const task of graphTasks(model.source, null)) assert.notEqual(task.id, undefined);
        const found = occurrenceAt(model, offset);
        if (found !== null) sameAs(model, found);
      } catch (error) {
        assert.fail(`${String(error)} at ${offset} of ${JSON.stringify(text)}`);
      }
    }
  });
});
