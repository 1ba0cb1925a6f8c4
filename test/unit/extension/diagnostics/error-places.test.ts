import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ErrorPlaces } from '../../../../src/extension/diagnostics/error-places.ts';

describe('ErrorPlaces', () => {
  let folder: string;
  const log = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'agent-executor-places-'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('counts lines as the document of the log does, without the codes of a terminal', async () => {
    const file = log('a.log', '10 %\r20 %\r100 %\n\u001b[31mError: \u001b[0mno such host\n');
    assert.deepEqual(await new ErrorPlaces().find(file), { line: 1, text: 'Error: no such host' });
  });

  it('cuts long lines', async () => {
    const found = await new ErrorPlaces().find(log('b.log', `error ${'x'.repeat(500)}`));
    assert.equal(found?.text.length, 200);
  });

  it('reads a log once, until it is forgotten', async () => {
    const places = new ErrorPlaces();
    const file = log('c.log', 'error one\n');
    await places.find(file);
    writeFileSync(file, 'fine\nerror two\n');
    assert.equal((await places.find(file))?.line, 0);
    places.keep(new Set());
    assert.equal((await places.find(file))?.line, 1);
  });

  it('has no place in a log that is gone', async () => {
    assert.equal(await new ErrorPlaces().find(path.join(folder, 'gone.log')), null);
  });
});
