import assert from 'node:assert/strict';
import { findErrorLine, tellsOfFailure } from '../../../../src/extension/logs/find-error-line.ts';

describe('findErrorLine', () => {
  it('is the first line that tells of a failure', () => {
    const log = 'compiling\n  AssertionError: expected 200, got 503\n    at checkout\n1 failed\n';
    assert.deepEqual(findErrorLine(log), {
      line: 1,
      text: 'AssertionError: expected 200, got 503',
    });
  });

  it('passes over lines that say that nothing failed', () => {
    const log = '0 errors, 0 warnings\nno failures\nerrors: 0\nfatal: not a repository';
    assert.deepEqual(findErrorLine(log), { line: 3, text: 'fatal: not a repository' });
  });

  it('is the last line with text where none tells of a failure', () => {
    assert.deepEqual(findErrorLine('one\ntwo\n\n'), { line: 1, text: 'two' });
  });

  it('is nowhere in an empty log', () => {
    assert.equal(findErrorLine('\n\n'), null);
  });
});

describe('tellsOfFailure', () => {
  it('knows a cross, also when it was read byte by byte', () => {
    assert.ok(tellsOfFailure('✖ checkout'));
    assert.ok(tellsOfFailure(Buffer.from('✗ checkout').toString('latin1')));
  });
});
