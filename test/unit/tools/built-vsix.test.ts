import assert from 'node:assert/strict';
import path from 'node:path';
import { builtVsix } from '../../host/built-vsix.ts';

describe('the package that tests take', () => {
  const before = process.env['AGENT_EXECUTOR_VSIX'];

  afterEach(() => {
    if (before === undefined) delete process.env['AGENT_EXECUTOR_VSIX'];
    else process.env['AGENT_EXECUTOR_VSIX'] = before;
  });

  it('is the one that was given, however old the sources are', () => {
    process.env['AGENT_EXECUTOR_VSIX'] = path.join('some', 'own.vsix');
    assert.equal(builtVsix(), path.resolve('some', 'own.vsix'));
  });
});
