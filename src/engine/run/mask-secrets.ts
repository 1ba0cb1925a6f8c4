/** What stands in the place of a secret. */
const stars = '***';

/** Replaces secrets in a stream of bytes; one for each stream, since it keeps what may be half a secret. */
export interface SecretMask {
  /** The bytes that are surely free of secrets; the rest waits for the next call. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was kept back. */
  end(): Uint8Array;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The words to hide: every value, and every line of a value of several lines. Longest first, none twice. */
export function secretWords(values: Iterable<string>): readonly string[] {
  const words = new Set<string>();
  for (const value of values) {
    for (const word of [value, ...value.split(/\r?\n/)]) {
      // A blank or a single letter is no secret: hiding it would only destroy the text.
      if (word.trim().length > 1) words.add(word);
    }
  }
  return [...words].sort((a, b) => b.length - a.length);
}

/** Replaces secrets in a whole text. */
export function maskText(text: string, words: readonly string[]): string {
  if (!words.some((word) => text.includes(word))) return text;
  const mask = createSecretMask(words);
  return Buffer.concat([mask.push(Buffer.from(text)), mask.end()]).toString('utf8');
}

/**
 * A mask for one stream. Secrets that overlap become one `***`, also when they are split over chunks.
 * Only bytes that may be the beginning of a secret wait, so a log stays live. For much output there is a quicker one:
 * `OutputMasks`.
 */
export function createSecretMask(words: readonly string[]): SecretMask {
  const secrets = words.map((word) => Buffer.from(word));
  const texts = secrets.map((secret) => secret.toString('latin1'));
  let kept: Buffer = Buffer.alloc(0);
  /** How many of the kept bytes belong to a secret whose stars are written already. */
  let covered = 0;

  const write = (isEnd: boolean, chunk: Uint8Array): Uint8Array => {
    const bytes =
      kept.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        : Buffer.concat([kept, chunk]);
    const safeEnd = isEnd ? bytes.length : startOfBeginning(bytes, secrets);
    kept = bytes.subarray(safeEnd);
    const present = texts.filter((_, index) => bytes.includes(secrets[index] ?? ''));
    if (covered === 0 && present.length === 0) return bytes.subarray(0, safeEnd);
    // A character a byte: searching and joining text takes a fraction of the time of doing so with bytes.
    const text = bytes.toString('latin1');
    const places = present.flatMap((secret) => placesOf(secret, text, safeEnd));
    const between: string[] = [];
    let coveredEnd = covered;
    for (const { start, end } of places.sort((a, b) => a.start - b.start)) {
      if (start >= coveredEnd) between.push(text.slice(coveredEnd, start));
      coveredEnd = Math.max(coveredEnd, end);
    }
    between.push(text.slice(Math.min(coveredEnd, safeEnd), safeEnd));
    covered = Math.max(0, coveredEnd - safeEnd);
    return Buffer.from(between.join(stars), 'latin1');
  };

  return {
    push: (chunk) => write(false, chunk),
    end: () => write(true, new Uint8Array()),
  };
}

/** Where a secret stands in a text, as far as it starts before `safeEnd`; it may overlap itself. */
function placesOf(secret: string, text: string, safeEnd: number): readonly Place[] {
  const places: Place[] = [];
  let start = text.indexOf(secret);
  for (; start !== -1 && start < safeEnd; start = text.indexOf(secret, start + 1)) {
    places.push({ start, end: start + secret.length });
  }
  return places;
}

/** Where the longest end of the bytes starts that is the beginning of a secret. */
export function startOfBeginning(bytes: Buffer, secrets: readonly Buffer[]): number {
  let start = bytes.length;
  for (const secret of secrets) {
    const longest = Math.min(secret.length - 1, bytes.length);
    for (let length = longest; length > bytes.length - start; length -= 1) {
      const from = bytes.length - length;
      if (bytes[from] === secret[0] && bytes.compare(secret, 0, length, from) === 0) {
        start = from;
        break;
      }
    }
  }
  return start;
}
