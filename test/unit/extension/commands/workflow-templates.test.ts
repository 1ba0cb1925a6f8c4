import assert from 'node:assert/strict';
import { workflowTemplates } from '../../../../src/extension/commands/workflow-templates.ts';
import { inEnglish } from '../../../../src/model/translate.ts';
import { parseWorkflow } from '../../../../src/engine/workflow/parse-workflow.ts';

describe('workflowTemplates', () => {
  for (const template of workflowTemplates(inEnglish)) {
    it(`"${template.title}" is a valid workflow`, () => {
      const path = `workflows/${template.agent}.yaml`;
      const { diagnostics } = parseWorkflow(template.text, { agent: template.agent, path });
      assert.deepEqual(diagnostics, []);
    });
  }
});
