import assert from 'node:assert/strict';
import { LineJoiner } from '../../../../src/cli/following/join-lines.ts';

describe('LineJoiner', () => {
  it('hands out whole lines, characters that were cut apart included', () => {
    const given: string[] = [];
    const joiner = new LineJoiner((text) => given.push(text));
    const bytes = Buffer.from('one\nzwö');
    joiner.add(bytes.subarray(0, 2));
    joiner.add(bytes.subarray(2, 7));
    joiner.add(bytes.subarray(7));
    joiner.end();
    joiner.end();
    assert.deepEqual(given, ['one\n', 'zwö\n']);
  });
});
