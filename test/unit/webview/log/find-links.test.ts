import assert from 'node:assert/strict';
import { findLinks } from '../../../../src/webview/log/find-links.ts';

const found = (text: string): readonly string[] =>
  findLinks(text).map(({ path, line, column }) => `${path} ${String(line)} ${String(column)}`);

describe('places in files that a log names', () => {
  const cases: readonly (readonly [text: string, ...places: readonly string[]])[] = [
    ['src/a.ts:3:14 - error', 'src/a.ts 3 14'],
    ['src/a.ts(3,14): error TS2322', 'src/a.ts 3 14'],
    ['    at run (/projects/shop/src/a.js:7:9)', '/projects/shop/src/a.js 7 9'],
    ['    at run (file:///projects/shop/src/a.js:7:9)', 'file:///projects/shop/src/a.js 7 9'],
    ['C:\\shop\\src\\a.cs(12,5): warning', 'C:\\shop\\src\\a.cs 12 5'],
    ['  File "tools/check.py", line 12, in main', 'tools/check.py 12 1'],
    ['main.go:8: undefined', 'main.go 8 1'],
    ['a.c:1:2: note: see b.h:3', 'a.c 1 2', 'b.h 3 1'],
    ['listening on http://localhost:3000'],
    ['took 12.5s at 10:45:03'],
    ['nothing here'],
  ];
  for (const [text, ...places] of cases) {
    it(`in "${text}"`, () => {
      assert.deepEqual(found(text), places);
    });
  }

  it('cover the text from their first character to their last', () => {
    const text = 'see src/a.ts:3:14 there';
    const [link] = findLinks(text);
    assert.equal(text.slice(link?.start, link?.end), 'src/a.ts:3:14');
  });

  it('are found quickly in a line that only looks like one', () => {
    const startMs = performance.now();
    findLinks(`${'a/'.repeat(20_000)}:1`);
    findLinks(`${'a.'.repeat(20_000)}(`.concat('1'));
    assert.ok(performance.now() - startMs < 2000);
  });
});
