import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hasErrors } from '../../../../src/model/diagnostic.ts';
import { hasSchema, isSaidBySchema } from '../../../../src/extension/diagnostics/said-by-schema.ts';
import { parseCase, readCases } from '../../engine/workflow/case-file.ts';

interface Manifest {
  readonly contributes: {
    readonly yamlValidation: readonly {
      readonly fileMatch: readonly string[];
      readonly url: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
  };
}

const root = `${import.meta.dirname}/../../../..`;
const { contributes } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as Manifest;

describe('beside a tool that reads the JSON Schema', () => {
  it('is said only what the schema cannot say', () => {
    const codes = (name: string): readonly string[] => {
      const one = readCases().find(({ file }) => file === name);
      assert.ok(one, name);
      const { diagnostics } = parseCase(one);
      assert.ok(hasErrors(diagnostics));
      return diagnostics.filter((each) => !isSaidBySchema(each)).map(({ code }) => code);
    };
    assert.deepEqual(codes('key-unknown.yaml'), []);
    assert.deepEqual(codes('yaml-duplicate-key.yaml'), []);
    assert.deepEqual([...new Set(codes('cycle-two.yaml'))], ['cycle']);
    assert.deepEqual([...new Set(codes('needs-unknown.yaml'))], ['unknown-need']);
  });

  it('is kept to the files for which the schema is offered', () => {
    assert.deepEqual(
      ['workflows/a.yaml', 'workflows/ops/b.yml', 'other/a.yaml', 'x/workflows/a.yaml'].map(
        hasSchema,
      ),
      [true, true, false, false],
    );
    const [offered] = contributes.yamlValidation;
    assert.equal(offered?.url, './schemas/workflow.schema.json');
    assert.ok(offered.fileMatch.every((pattern) => pattern.startsWith('workflows/')));
  });
});

describe('File › New File', () => {
  it('has an entry for a workflow', () => {
    const commands = contributes.menus['file/newFile']?.map(({ command }) => command);
    assert.deepEqual(commands, ['agentExecutor.newWorkflow']);
  });
});
