import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyReference } from '../../../../../src/engine/workflow/authoring/key-reference.ts';
import { keyTable } from '../../../../../src/engine/workflow/keys/key-table.ts';

const file = join(import.meta.dirname, '../../../../../docs/keys.md');

describe('the page of every key', () => {
  it('is the one in docs/', () => {
    const text = keyReference();
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text);
    const hint = 'run this test with UPDATE_DOCS=1 and commit docs/keys.md';
    const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
    assert.ok(written.replaceAll('\r\n', '\n') === text, hint);
  });

  it('has every key', () => {
    const count = Object.values(keyTable).reduce((sum, specs) => sum + specs.size, 0);
    assert.equal(keyReference().match(/^### /gm)?.length, count);
  });
});
