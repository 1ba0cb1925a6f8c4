import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { hasErrors } from '../../../../../src/model/diagnostic.ts';
import { workflowSchema } from '../../../../../src/engine/workflow/authoring/json-schema.ts';
import { keyTable } from '../../../../../src/engine/workflow/keys/key-table.ts';
import { schemaCodes } from '../../../../../src/engine/workflow/schema-codes.ts';
import { readYaml } from '../../../../../src/engine/workflow/yaml/read-yaml.ts';
import type { YamlNode } from '../../../../../src/engine/workflow/yaml/yaml-node.ts';
import { parseCase, readCases, textOfCase } from '../case-file.ts';
import { checkSchema } from './check-schema.ts';

const file = join(import.meta.dirname, '../../../../../schemas/workflow.schema.json');
const schema = workflowSchema();

describe('the JSON Schema', () => {
  it('is the one in schemas/', async () => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 100 });
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, text);
    const hint = 'run this test with UPDATE_SCHEMA=1 and commit schemas/workflow.schema.json';
    assert.ok(readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === text, hint);
  });

  it('has every key of the language', () => {
    const definitions = schema['definitions'] as Record<string, { properties: object }>;
    for (const [place, specs] of Object.entries(keyTable)) {
      const expected = [...specs.values()].filter(({ isLater }) => isLater !== true);
      const found = Object.keys(definitions[place]?.properties ?? {});
      assert.deepEqual(
        found,
        expected.map(({ key }) => key),
      );
    }
  });

  for (const one of readCases()) {
    const { diagnostics } = parseCase(one);
    const isAccepted = !hasErrors(diagnostics);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const { root } = readYaml(textOfCase(one));
    const value = root === null ? null : toPlain(root);
    if (isAccepted) {
      it(`takes ${one.file}, as the parser does`, () => {
        assert.deepEqual(checkSchema(schema, value), []);
      });
    } else if (errors.every(({ code }) => schemaCodes.has(code)) && !isGitHub(value)) {
      it(`refuses ${one.file}, as the parser does`, () => {
        assert.notDeepEqual(checkSchema(schema, value), []);
      });
    }
  }
});

/** A file with `jobs` is left alone. */
function isGitHub(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'jobs' in value;
}

function toPlain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, toPlain(value)]));
}
