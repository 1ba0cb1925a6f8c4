import assert from 'node:assert/strict';
import { editDistance, suggestWord } from '../../../../src/engine/workflow/suggest-word.ts';

describe('editDistance', () => {
  for (const [left, right, distance] of [
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['need', 'needs', 1],
    ['kitten', 'sitting', 3],
  ] as const) {
    it(`"${left}" to "${right}" is ${distance}`, () => {
      assert.equal(editDistance(left, right), distance);
      assert.equal(editDistance(right, left), distance);
    });
  }
});

describe('suggestWord', () => {
  const known = ['needs', 'name', 'run', 'retry', 'working-directory'];
  for (const [given, meant] of [
    ['need', 'needs'],
    ['Needs', 'needs'],
    ['nmae', 'name'],
    ['rnu', 'run'],
    ['working-dir', null],
    ['working_directory', 'working-directory'],
    ['x', null],
    ['', null],
    ['something-else', null],
    ['x'.repeat(1000), null],
  ] as const) {
    it(`"${given.slice(0, 20)}" means ${meant ?? 'nothing known'}`, () => {
      assert.equal(suggestWord(given, known), meant);
    });
  }
});
