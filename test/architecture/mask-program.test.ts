import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assemble } from '../../build/assemble.mjs';
import { maskProgram } from '../../src/engine/run/mask-program.ts';

describe('the program that masks output', () => {
  it('is what its source says', () => {
    const source = path.join(import.meta.dirname, '../../src/engine/run/mask-program.wat');
    const bytes = assemble(readFileSync(source, 'utf8'));
    assert.equal(maskProgram, Buffer.from(bytes).toString('base64'));
  });
});
