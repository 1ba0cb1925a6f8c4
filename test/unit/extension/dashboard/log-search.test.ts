import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLogPage } from '../../../../src/extension/dashboard/log-pages.ts';
import { LogSearch } from '../../../../src/extension/dashboard/log-search.ts';
import { jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import { ok } from '../../../../src/model/result.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';

/** A log in memory that counts the bytes that were read of it. */
class FakeLog {
  bytes = Buffer.alloc(0);
  read = 0;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  readonly range = async (_path: string, from: number, maxBytes: number) => {
    const bytes = this.bytes.subarray(from, from + maxBytes);
    this.read += bytes.length;
    return ok({ bytes, size: this.bytes.length });
  };
}

const text = { kind: 'text', isBack: false, at: 0 } as const;

describe('a search in a log', () => {
  it('finds lines whatever the case, goes on and round', async () => {
    const log = new FakeLog('one Fish\ntwo\nred fish, blue fish\n');
    const search = new LogSearch(log.range);
    const first = await search.find('x', { ...text, query: 'fish' });
    assert.deepEqual(first, { total: 2, isCapped: false, found: { index: 0, at: 0 } });
    const next = await search.find('x', { ...text, query: 'fish', at: 1 });
    assert.deepEqual(next.found, { index: 1, at: 13 });
    const round = await search.find('x', { ...text, query: 'fish', at: 14 });
    assert.deepEqual(round.found, { index: 0, at: 0 });
    const back = await search.find('x', { ...text, query: 'fish', at: 0, isBack: true });
    assert.deepEqual(back.found, { index: 1, at: 13 });
  });

  it('finds text that colours cut in two', async () => {
    const search = new LogSearch(new FakeLog('a\n\u001b[31mnot\u001b[0m found\n').range);
    const { found } = await search.find('x', { ...text, query: 'not found' });
    assert.deepEqual(found, { index: 0, at: 2 });
  });

  it('finds what stands across the borders of what is read at once', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const log = new FakeLog(`${line.repeat(5000)}the needle\n${line.repeat(2000)}needle`);
    const search = new LogSearch(log.range);
    const { total, found } = await search.find('x', { ...text, query: 'needle' });
    assert.deepEqual([total, found], [2, { index: 0, at: 5_000_000 }]);
  });

  it('reads of a log that grew only what is new', async () => {
    const log = new FakeLog('fish\n'.repeat(1000));
    const search = new LogSearch(log.range);
    await search.find('x', { ...text, query: 'fish' });
    log.read = 0;
    log.bytes = Buffer.concat([log.bytes, Buffer.from('and fish')]);
    assert.equal((await search.find('x', { ...text, query: 'fish' })).total, 1001);
    assert.ok(log.read < 20, `${String(log.read)} bytes were read`);
    log.bytes = Buffer.concat([log.bytes, Buffer.from(' and fish\n')]);
    assert.equal((await search.find('x', { ...text, query: 'fish' })).total, 1001);
  });

  it('finds the first line that tells of a failure, not one that tells of none', async () => {
    const lines = [
      '0 errors',
      'no failures so far',
      'errors: 0',
      '\u001b[31mError\u001b[0m: no',
      '',
    ];
    const search = new LogSearch(new FakeLog(lines.join('\n')).range);
    const { total, found } = await search.find('x', {
      kind: 'error',
      query: '',
      at: 0,
      isBack: false,
    });
    assert.deepEqual([total, found?.at], [1, lines.slice(0, 3).join('\n').length + 1]);
  });

  it('without a match finds nothing', async () => {
    const search = new LogSearch(new FakeLog('a\nb\n').range);
    assert.deepEqual(await search.find('x', { ...text, query: 'z' }), {
      total: 0,
      isCapped: false,
      found: null,
    });
  });
});

describe('a page of a log', () => {
  it('before another one joins it, of whole lines', async () => {
    const log = new FakeLog(Array.from({ length: 5000 }, (_, n) => `line ${String(n)}\n`).join(''));
    const page = await readLogPage(log, 'x', { at: 30_000, kind: 'before' });
    assert.equal(page?.next, 30_000);
    assert.match(page.text, /^line \d+\n/);
    assert.ok(page.from > 17_000);
  });

  it('before another one is there, however long the line is that ends it', async () => {
    const log = new FakeLog(`first\n${'x'.repeat(40_000)}\nlast\n`);
    let at = 40_007;
    let text = '';
    while (at > 0) {
      const page = await readLogPage(log, 'x', { at, kind: 'before' });
      assert.ok(page !== null && page.from < at && page.next === at, String(at));
      text = page.text + text;
      at = page.from;
    }
    assert.equal(text, `first\n${'x'.repeat(40_000)}\n`);
  });

  it('around a byte has that byte in it', async () => {
    const log = new FakeLog('short\n'.repeat(10_000));
    const page = await readLogPage(log, 'x', { at: 20_004, kind: 'around' });
    assert.ok(page !== null && page.from <= 20_004 && page.next > 20_004);
    assert.match(page.text, /^short\n/);
    assert.match(page.text, /short\n$/);
  });

  it('pages after each other make up the log exactly, and each fits into a message', async () => {
    const unit = fc.string({ unit: 'grapheme', maxLength: 4000 });
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 20 }), async (parts) => {
        const log = new FakeLog(parts.join('\n').repeat(3));
        let at = 0;
        let whole = '';
        while (at < log.bytes.length) {
          const page = await readLogPage(log, 'x', { at, kind: 'after' });
          assert.ok(page !== null && page.from === at && page.next > at);
          assert.ok(jsonBytes(page) <= maxMessageBytes);
          whole += page.text;
          at = page.next;
        }
        assert.equal(whole, log.bytes.toString('utf8'));
      }),
      { numRuns: 30 },
    );
  });
});
