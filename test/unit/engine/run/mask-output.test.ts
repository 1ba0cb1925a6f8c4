import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OutputMasks } from '../../../../src/engine/run/mask-output.ts';
import { createSecretMask, type SecretMask } from '../../../../src/engine/run/mask-secrets.ts';

/** What a mask has to make of all bytes of a stream, in the plainest way: every place, every secret. */
function naivelyMasked(bytes: Buffer, secrets: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const ends = secrets
      .filter((secret) => bytes.subarray(at, at + secret.length).equals(secret))
      .map((secret) => at + secret.length);
    if (ends.length === 0) continue;
    if (at >= from) parts.push(bytes.subarray(from, at), Buffer.from('***'));
    from = Math.max(from, ...ends);
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

/** All that a mask gives for bytes that arrive in pieces, cut at these places. */
function masked(mask: SecretMask, bytes: Buffer, cuts: readonly number[]): Buffer {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)];
  // Copied at once: nothing may change in what was given before.
  const parts = places.map((start, index) => mask.push(bytes.subarray(start, places[index + 1])));
  return Buffer.concat([...parts, mask.end()]);
}

/** Words over few characters, so that they overlap, repeat and hold each other. */
const wordOf = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('a', 'b', 'ä', '*', '\n'), { minLength: 2, maxLength })
    .map((all) => all.join(''));

const noise = fc.constantFrom(
  ...['a', 'b', 'ä', '*', '\n'].map((each) => Buffer.from(each)),
  ...[0, 0xa4, 0xc3, 0xff].map((byte) => Buffer.of(byte)),
);

/** Output with some of the words in it, and bytes that are no text. */
const outputOf = (words: readonly string[], maxLength: number): fc.Arbitrary<Buffer> =>
  fc
    .array(fc.oneof(noise, fc.constantFrom(...words.map((word) => Buffer.from(word)))), {
      maxLength,
    })
    .map((parts) => Buffer.concat(parts));

const cases = (
  longestWord: number,
  longestOutput: number,
): fc.Arbitrary<[string[], Buffer, number[]]> =>
  fc
    .uniqueArray(wordOf(longestWord), { minLength: 1, maxLength: 6 })
    .chain((words) =>
      fc.tuple(
        fc.constant(words),
        outputOf(words, longestOutput),
        fc.array(fc.nat(), { maxLength: 8 }),
      ),
    );

describe('masks for output', () => {
  const fresh = (words: readonly string[]): SecretMask => new OutputMasks().create(words);

  for (const [name, longestWord, longestOutput] of [
    ['short secrets', 5, 40],
    ['long secrets', 40, 60],
    ['secrets of some length', 12, 200],
  ] as const) {
    it(`hide ${name} as the plainest way does, however the bytes are cut`, () => {
      fc.assert(
        fc.property(cases(longestWord, longestOutput), ([words, bytes, cuts]) => {
          const expected = naivelyMasked(
            bytes,
            words.map((word) => Buffer.from(word)),
          );
          assert.deepEqual(masked(fresh(words), bytes, cuts), expected);
          assert.deepEqual(masked(createSecretMask(words), bytes, cuts), expected);
        }),
        { numRuns: 400 },
      );
    });
  }

  it('keep every byte that is no secret', () => {
    const all = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 7919) >> 4));
    assert.deepEqual(masked(fresh(['a secret that is not there']), all, [11, 40_000]), all);
    assert.deepEqual(
      masked(fresh(['q!']), all, [11, 40_000]),
      naivelyMasked(all, [Buffer.from('q!')]),
    );
  });

  it('hide secrets of a whole log, in pieces larger and smaller than those of a pipe', () => {
    const words = ['hunter2-hunter2', 'two\nlines', 'lines'];
    const line = `the password is ${words[0] ?? ''}, see two\nlines or half of it: hunter2-hunt\n`;
    const bytes = Buffer.from(line.repeat(4000));
    const expected = naivelyMasked(
      bytes,
      words.map((word) => Buffer.from(word)),
    );
    for (const size of [1000, 65_536, 200_000, bytes.length]) {
      const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => at * size);
      assert.ok(masked(fresh(words), bytes, cuts).equals(expected), `pieces of ${String(size)}`);
    }
  });

  it('keep nothing back that cannot be the beginning of a secret', () => {
    const mask = fresh(['secret', 'other one']);
    assert.equal(Buffer.from(mask.push(Buffer.from('a line\n'))).toString(), 'a line\n');
    assert.equal(Buffer.from(mask.push(Buffer.from('a sec'))).toString(), 'a ');
    assert.equal(Buffer.from(mask.push(Buffer.from('ond\n'))).toString(), 'second\n');
  });

  it('of several streams keep apart what each has kept back', () => {
    const masks = new OutputMasks();
    const words = ['secret'];
    const [one, other] = [masks.create(words), masks.create(words)];
    const given = [one.push(Buffer.from('1 sec')), other.push(Buffer.from('2 a secret, se'))];
    given.push(one.push(Buffer.from('ret.')), other.push(Buffer.from('cond')));
    assert.equal(
      Buffer.concat([...given, one.end(), other.end()]).toString(),
      '1 2 a ***, ***.second',
    );
  });

  it('are those of the words they were asked for', () => {
    const masks = new OutputMasks();
    const one = masks.create(['one']);
    const two = masks.create(['two']);
    assert.equal(Buffer.from(one.push(Buffer.from('one two\n'))).toString(), '*** two\n');
    assert.equal(Buffer.from(two.push(Buffer.from('one two\n'))).toString(), 'one ***\n');
  });

  it('work without a program of their own', () => {
    const webAssembly = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly');
    assert.ok(webAssembly !== undefined);
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    try {
      assert.equal(masked(fresh(['secret']), Buffer.from('a secret'), [4]).toString(), 'a ***');
    } finally {
      Object.defineProperty(globalThis, 'WebAssembly', webAssembly);
    }
  });
});
