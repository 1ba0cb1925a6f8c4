import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandList } from '../../../src/cli/command-list.ts';
import { keyTable } from '../../../src/engine/workflow/keys/key-table.ts';
import type { KeyPlace, KeySpec } from '../../../src/engine/workflow/keys/key-spec.ts';

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The row of a key in the table of its place in docs/workflow-reference.md. */
function referenceRow(spec: KeySpec): string {
  const marks = [
    ...(spec.isRequired === true ? ['Required.'] : []),
    ...(spec.default === undefined ? [] : [`Default: ${spec.default}.`]),
  ];
  const text = [spec.docs, ...marks].join(' ').replaceAll('|', '\\|');
  return `| \`${spec.key}\` | ${text} |`;
}

describe('docs', () => {
  const reference = read('docs/workflow-reference.md');
  for (const place of Object.keys(keyTable) as KeyPlace[]) {
    it(`has every key of a ${place} in the workflow reference, as the language knows it`, () => {
      for (const spec of keyTable[place].values()) {
        if (spec.isLater === true) continue;
        const row = referenceRow(spec);
        assert.ok(
          reference.includes(row),
          `docs/workflow-reference.md should have this row:\n${row}`,
        );
      }
    });
  }

  it('has every command in docs/cli.md and in the README', () => {
    const [cli, readme] = [read('docs/cli.md'), read('README.md')];
    for (const { name } of commandList) {
      assert.match(cli, new RegExp(`^## (\\w+ .*, )?${name}\\b`, 'm'), name);
      assert.match(readme, new RegExp(`agent-executor .*${name}\\b`), name);
    }
  });

  it('has every setting of the manifest in the README, with its default', () => {
    const readme = read('README.md');
    const manifest = JSON.parse(read('package.json')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> }[] };
    };
    for (const { properties } of manifest.contributes.configuration) {
      for (const [name, { default: value }] of Object.entries(properties)) {
        const row = `| \`${name.replace('agentExecutor.', '')}\` | \`${String(value)}\` |`;
        assert.ok(readme.includes(row), `README.md should have a row that begins with:\n${row}`);
      }
    }
  });
});
