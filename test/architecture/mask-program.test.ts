import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import loadWabt from 'wabt';
import { maskProgram } from '../../src/engine/run/mask-program.ts';

describe('the program that masks output', () => {
  it('is what its source says', async () => {
    const name = 'mask-program.wat';
    const source = path.join(import.meta.dirname, '../../src/engine/run', name);
    const wabt = await loadWabt();
    const program = wabt.parseWat(name, readFileSync(source, 'utf8'));
    assert.equal(maskProgram, Buffer.from(program.toBinary({}).buffer).toString('base64'));
    program.destroy();
  });
});
